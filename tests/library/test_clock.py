"""When a generation changed is told by the database's clock, whatever this machine's says."""

from __future__ import annotations

import time

import pytest

from components.library.clock import now
from components.library.generations import Generations

HOUR = 3600


@pytest.fixture
def generations(library):
    rows = Generations(library, "local")
    with library.begin() as connection:
        rows.insert(connection, id="g1", model="segmind/humo", parameters={}, sandbox=True)
    return rows


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_change_when_this_machines_clock_is_an_hour_fast_then_its_moment_is_the_databases(
    generations, monkeypatch
):
    right = time.time
    monkeypatch.setattr("time.time", lambda: right() + HOUR)
    for change in (
        lambda: generations.move("g1", "queued", "submitting"),
        lambda: generations.note("g1", None),
    ):
        before = generations.now()
        change()
        assert before <= generations.get("g1").changed_at <= generations.now()
    assert generations.now() < time.time() - HOUR / 2


def test_now_when_asked_twice_then_it_goes_on(library):
    assert now(library) <= now(library)
    assert abs(now(library) - time.time()) < HOUR
