"""Sign-ins as they are kept, on both databases."""

from __future__ import annotations

from components.library.people import Sessions


def test_sign_in_when_it_is_seen_for_the_first_time_then_and_only_then_it_is_new(library):
    sessions = Sessions(library)
    assert [sessions.begin("browser", "ada@example.com") for _ in range(2)] == [True, False]
    assert sessions.begin("another browser", "ada@example.com")
    assert sessions.is_open("browser", "ada@example.com")
