"""What is heard of videos in step: one of them, in time with its picture; by ear, from the clips' clicks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.listening import heard, listen
from tests.e2e.player_server import CLIPS, make_clips, start_player
from tests.e2e.watching import CLOCKS, play, poll

pytestmark = [pytest.mark.browser, pytest.mark.clock]

LATE = 0.15
"""Seconds that a click may be away from its second: the sound card's buffer, and a frame of looking."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clips")
    make_clips(folder, {name: CLIPS[name] for name in "ab"})
    with start_player(folder) as address:
        yield address


@pytest.fixture
def root(page: Page, address: str) -> Locator:
    page.goto(f"{address}/?v=ab")
    root = page.locator(".player")
    expect(root.locator("video")).to_have_count(2)
    poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3)")
    return root


def hears(root: Locator) -> None:
    """Plays from the beginning for three seconds."""
    root.get_by_label("Position").fill("0")
    heard(root)
    play(root)
    poll(root, f"(root) => Math.min(...({CLOCKS})(root)) > 3.1")
    root.get_by_role("button", name="Pause", exact=True).click()


def test_sound_when_a_side_is_chosen_then_its_clicks_are_heard_each_second_and_the_other_is_silent(root):
    listen(root)
    for chosen in range(2):
        root.press(str(chosen + 1))
        hears(root)
        sounds = heard(root)
        assert [sound.silent for sound in sounds] == [place != chosen for place in range(2)]
        clicks = [time for time in sounds[chosen].clicks if time > 0.5]
        assert [round(time) for time in clicks] == [1, 2, 3]
        assert all(abs(time - round(time)) < LATE for time in clicks), clicks


def test_sound_when_muted_then_nothing_is_heard(root):
    listen(root)
    root.get_by_role("button", name="Mute").click()
    hears(root)
    assert all(sound.silent for sound in heard(root))
