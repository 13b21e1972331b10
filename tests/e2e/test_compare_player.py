"""The compare tools of the player in a real browser: what a person sees, from pixels and painted frame numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.player_server import CLIPS, make_clips, start_player
from tests.e2e.seeing import DARK, painted, picture, shows
from tests.e2e.watching import (
    CLOCKS,
    COLLECT,
    PAINTED,
    PLAYED,
    WATCH,
    frames,
    holds_step,
    let_draw,
    play,
    played_to,
    poll,
    sample,
    settled,
)

pytestmark = pytest.mark.browser

VIEWS = ("Grid", "Side by side", "Wipe", "Difference", "One large")
MUTED = "(root) => [...root.querySelectorAll('video')].map((v) => v.muted)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clips")
    make_clips(folder, CLIPS)
    with start_player(folder) as address:
        yield address


@pytest.fixture
def compare(page: Page, address: str) -> Callable[..., Locator]:
    def open_it(names: str, state: str = "") -> Locator:
        page.goto(f"{address}/?v={names}&{state}")
        root = page.locator(".player")
        expect(root.locator("video")).to_have_count(len(names))
        poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3)")
        settled(root)
        return root

    return open_it


def view(root: Locator, name: str) -> None:
    root.locator(".segments").get_by_role("button", name=re.compile(f"^{name}")).click()


def watch(root: Locator, seconds: float) -> list[list[float]]:
    root.evaluate(WATCH)
    poll(root, PLAYED, seconds, 2 * seconds + 60)
    return root.evaluate(COLLECT)


def test_wipe_when_dragged_then_each_side_shows_its_own_video(compare):
    root = compare("ab", "at=1")
    left, right = (painted(root.locator(f"[data-tile={name}] .stage"), 0.1) for name in "ab")
    view(root, "Wipe")
    pane = root.locator(".overlay")
    box = pane.bounding_box()
    assert shows(pane, 0.3, left)
    assert shows(pane, 0.7, right)
    mouse = root.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2, steps=4)
    mouse.up()
    assert shows(pane, 0.1, left)
    assert shows(pane, 0.3, right)
    slider = root.get_by_role("slider", name="Wipe")
    expect(slider).to_have_attribute("aria-valuenow", "20")
    expect(slider).to_be_focused()
    root.page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuenow", "100")
    assert shows(pane, 0.9, left)


def test_difference_when_videos_are_the_same_then_it_is_black(compare):
    root = compare("aA", "view=diff&at=1")
    # After a seek one of the two may be painted a moment before the other.
    looks = (picture(root.locator(".overlay")).crop((60, 30, 700, 300)) for _ in range(20))
    assert any(max(high for _, high in look.getextrema()) < 8 for look in looks)


def test_difference_when_videos_differ_then_it_glows(compare):
    root = compare("ab", "view=diff&at=1")
    assert max(painted(root.locator(".overlay"), 0.1)) > DARK
    expect(root.get_by_text(re.compile("^Black is equal. What glows differs"))).to_be_visible()


def test_views_when_changed_in_play_then_no_video_stirs(compare):
    root = compare("abcd", "loop=all")
    root.evaluate(
        """(root) => { window.stirs = []; window.before = [...root.querySelectorAll('video')];
        for (const v of window.before) for (const name of ['pause', 'emptied', 'loadstart'])
          v.addEventListener(name, () => window.stirs.push(v.dataset.id + ' ' + name)); }"""
    )
    play(root)
    for _ in VIEWS:
        root.page.keyboard.press("v")
        let_draw(root.page, 8)
    assert root.evaluate("() => window.stirs") == []
    # A slow machine may have come to the end of the shortest, which then holds its last frame.
    assert root.evaluate("(root) => window.before.every((v) => v.isConnected && (!v.paused || v.ended))")


def test_side_by_side_when_two_are_chosen_then_those_two_stand_there(compare):
    root = compare("abcd", "view=pair&pair=1-2")
    root.get_by_label("Left", exact=True).select_option("d")
    root.get_by_label("Right", exact=True).select_option("a")
    shown = {name: root.locator(f"[data-tile={name}]").bounding_box() for name in "abcd"}
    assert [name for name, box in shown.items() if box] == ["a", "d"]
    assert shown["d"]["x"] < shown["a"]["x"]
    root.get_by_role("button", name="Swap sides").click()
    assert root.locator("[data-tile=a]").bounding_box()["x"] < root.locator("[data-tile=d]").bounding_box()["x"]


def test_large_when_a_small_one_is_clicked_then_it_becomes_large_and_the_sound_stays(compare):
    root = compare("abc", "view=large")
    root.get_by_role("button", name="Enlarge HuMo, scale_a 3.0").click()
    widths = [root.locator(f"[data-tile={name}] .stage").bounding_box()["width"] for name in "abc"]
    assert widths[2] > 2 * max(widths[:2])
    assert root.evaluate(MUTED) == [False, True, True]
    root.get_by_role("button", name="♪ follows the picture").click()
    assert root.evaluate(MUTED) == [True, True, False]
    root.page.keyboard.press("n")
    assert root.evaluate(MUTED) == [False, True, True]


@pytest.mark.clock
def test_loop_when_a_part_is_marked_then_play_never_leaves_it(compare):
    root = compare("abc")
    for time, key in (("1", "i"), ("1.58", "o")):
        root.get_by_label("Position").fill(time)
        settled(root)
        root.page.keyboard.press(key)
    expect(root.get_by_role("button", name="Loop 1.00–1.60")).to_have_attribute("aria-pressed", "true")
    expect(root.locator(".band")).to_be_visible()
    root.page.keyboard.press(" ")

    def measure() -> list[list[float]]:
        rows = watch(root, 2.5)
        furthest = [row[3] for row in rows]
        assert min(furthest) > 0.98, "nothing before the part"
        assert max(furthest) < 1.64, "nothing after it, but for the frame in which it is noticed"
        assert sum(after < before - 0.3 for before, after in pairwise(furthest)) >= 2
        return rows

    assert holds_step("a looped part", measure)
    root.page.keyboard.press("l")
    poll(root, f"(root) => Math.max(...({CLOCKS})(root)) > 1.8")
    root.page.keyboard.press("u")
    expect(root.locator(".band")).to_be_hidden()


def test_loop_when_an_end_is_dragged_or_pushed_then_the_part_follows(compare):
    root = compare("ab", "loop=1-2")
    track = root.locator(".track").bounding_box()
    grip = root.get_by_role("slider", name="Loop end")
    box = grip.bounding_box()
    root.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    root.page.mouse.down()
    root.page.mouse.move(track["x"] + track["width"] * 0.75, box["y"])
    root.page.mouse.up()
    assert 2.9 < float(grip.get_attribute("aria-valuenow")) < 3.1
    before = float(root.get_by_role("slider", name="Loop start").get_attribute("aria-valuenow"))
    root.get_by_role("slider", name="Loop start").press("ArrowRight")
    after = float(root.get_by_role("slider", name="Loop start").get_attribute("aria-valuenow"))
    assert after - before == pytest.approx(0.04, abs=0.001)


def test_shift_when_stepped_then_that_video_shows_other_frames(compare):
    root = compare("abc", "at=1.02")
    assert frames(root) == [25, 25, 25]
    tile = root.locator("[data-tile=b]")
    tile.get_by_role("button", name=re.compile("^Shift HuMo, scale_a 7.5")).click()
    tile.get_by_role("button", name="One frame ahead").click()
    assert frames(root) == [25, 26, 25]
    tile.get_by_role("button", name="0.1 s ahead").click()
    tile.get_by_role("button", name="0.1 s ahead").click()
    assert frames(root) == [25, 31, 25]
    expect(tile.locator(".shift")).to_have_text("+0.24 s")
    for key in ("3", "<", "<", ",", ","):  # by keys it is the one that is heard
        root.page.keyboard.press(key)
    assert frames(root) == [25, 31, 18]
    root.page.keyboard.press("0")
    tile.get_by_role("button", name="reset").click()
    assert frames(root) == [25, 25, 25]


def test_shift_when_a_video_begins_later_then_it_holds_its_first_frame_and_ended_ones_their_last(compare):
    root = compare("ab", "shift=1:3,2:-0.52&at=0.3")
    assert frames(root) == [82, 0]
    play(root)
    poll(root, f"(root) => ({CLOCKS})(root)[1] > 0.9")
    root.page.keyboard.press(" ")
    first, second = frames(root)
    assert first == 99
    assert float(root.locator(".now").inner_text()) == pytest.approx(second / 25 + 0.54, abs=0.011)


@pytest.mark.clock
def test_shifted_videos_when_played_then_they_stay_apart_by_that_much(compare):
    root = compare("ad", "shift=2:0.48")
    play(root)
    played_to(root, 0.5)
    medians = [median(row[1] for row in sample(root, 600)) for _ in range(3)]
    assert any(apart == pytest.approx(0.48, abs=0.04) for apart in medians), medians
    root.page.keyboard.press(" ")
    first, second = frames(root)
    assert second - first == 12


@pytest.mark.clock
def test_mixed_videos_when_sought_then_each_shows_its_own_frame_of_that_time(compare):
    root = compare("aef")  # 25, 30 and 24 frames a second; the second upright, the third without sound
    root.get_by_label("Position").fill("2.01")
    assert frames(root) == [50, 60, 48]
    expect(root.locator("[data-tile=e] .left .pill")).to_have_text("1.0 s shorter")
    play(root)
    assert holds_step("sound and no sound, three rates", lambda: watch(root, 0.7))


@pytest.mark.parametrize(("names", "columns"), [("ab", 2), ("abcd", 2), ("abcdef", 3), ("abcdefABC", 3)])
def test_grid_when_there_are_more_then_columns_grow(compare, names, columns):
    root = compare(names)
    assert len({tile.bounding_box()["x"] for tile in root.locator(".tile").all()}) == columns
    play(root)
    poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => !v.paused)")


@pytest.mark.clock
def test_painted_frames_when_played_then_no_video_is_behind_the_others(compare):
    root = compare("abcd", "loop=0.4-3")
    # So high that all four are in sight: Chromium paints no frames of a video that is not.
    root.page.set_viewport_size({"width": 900, "height": 760})
    play(root)
    played_to(root, 0.5)
    apart = sorted(max(seen) - min(seen) for seen in (root.evaluate(PAINTED) for _ in range(20)))
    print(f"\npainted frames apart: {apart}")
    assert apart[10] <= 1, "what is between two frames on one may be past them on another"
    assert apart[17] <= 2


def test_blind_takes_when_shown_then_only_their_places_tell_them_apart(page, address):
    page.goto(f"{address}/?scene=blind&view=pair")
    root = page.locator(".player")
    expect(root.locator(".title")).to_have_text(["Name hidden"] * 2)
    expect(root.locator(".number:visible")).to_have_text(["1", "2"])
    expect(root.locator(".setting, summary, .download")).to_have_count(0)
    expect(root.get_by_role("button", name="♪ Hear 2 · Name hidden", exact=True)).to_be_visible()


@pytest.mark.clock
def test_one_of_four_when_slow_then_all_stay_in_step(page, address):
    page.set_viewport_size({"width": 900, "height": 600})  # the processor has to draw it all
    page.goto(f"{address}/?v=abcd&loop=all&line=c:slow3-")
    root = page.locator(".player")
    expect(root.locator("video")).to_have_count(4)
    play(root)

    def measure() -> list[list[float]]:
        root.get_by_label("Position").fill("2.2")
        return watch(root, 15)

    assert holds_step("four for 15 s, one slow, a seek and wraps", measure)
