"""The player in a real browser: one clock for all videos, whatever happens around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.player_server import CLIPS, make_clips, start_player
from tests.e2e.watching import (
    CLOCKS,
    COLLECT,
    FRAME,
    PLAYED,
    STATES,
    WATCH,
    frames,
    in_step,
    let_draw,
    play,
    played_to,
    poll,
    sample,
    settled,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    clips = tmp_path_factory.mktemp("clips")
    make_clips(clips, {name: CLIPS[name] for name in "abcd"})
    with start_player(clips) as address:
        yield address


@pytest.fixture
def open_scene(page: Page, address: str) -> Callable[..., Locator]:
    def open_it(scene: str, videos: int) -> Locator:
        page.goto(f"{address}/?scene={scene}")
        root = page.locator(".player")
        expect(root.locator("video")).to_have_count(videos)
        poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3 || v.error)")
        return root

    return open_it


@pytest.mark.clock
def test_plays_all_in_lockstep(open_scene) -> None:
    root = open_scene("four", 4)
    assert root.evaluate(STATES) == [True] * 4

    def measure() -> list[list[float]]:
        root.page.keyboard.press("Home")
        expect(root).to_have_attribute("data-playing", "true")
        rows = sample(root, 3300)
        assert {row[2] for row in rows} >= {4, 3}, "all four run, then the shortest holds its last frame"
        assert rows[-1][3] > 2.5
        return rows

    play(root)
    assert in_step("lockstep of 4 with sound", measure)
    assert float(root.get_attribute("data-drift") or "nan") < 40
    expect(root.locator(".badge")).to_have_text(re.compile(r"in step: \d+ ms"))


@pytest.mark.clock
def test_a_disturbed_video_comes_back(open_scene) -> None:
    root = open_scene("three", 3)
    play(root)
    played_to(root, 0.4)
    root.evaluate("(root) => { root.querySelector('[data-id=b]').currentTime += 0.15 }")
    assert max(row[1] for row in sample(root, 200)) > FRAME, "it was disturbed"
    assert in_step("after a push", lambda: sample(root, 700))


def test_seek_moves_all(open_scene) -> None:
    root = open_scene("three", 3)
    root.get_by_label("Position").fill("2")
    settled(root)
    assert root.evaluate(CLOCKS) == pytest.approx([2.0] * 3, abs=0.01)
    assert frames(root) == [50, 50, 50]
    # Beyond the end of the short one: it holds its last frame, and says how much shorter it is.
    root.get_by_label("Position").fill("3.5")
    assert frames(root) == [87, 87, 79]
    expect(root.locator("[data-tile=c] .pill")).to_have_text("0.8 s shorter")


def test_arrows_step_one_frame_on_all(open_scene) -> None:
    root = open_scene("three", 3)
    keyboard = root.page.keyboard
    seen = []
    for key in ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "End", "Home"]:
        keyboard.press(key)
        seen.append(frames(root))
    assert seen == [[n] * 3 for n in (1, 2, 3, 2, 27)] + [[99, 96, 79], [0] * 3]


def test_pause_shows_the_same_frame_on_all(open_scene) -> None:
    root = open_scene("three", 3)
    play(root)
    played_to(root, 0.5)
    root.page.keyboard.press(" ")
    expect(root).to_have_attribute("data-playing", "false")
    painted = frames(root)
    assert len(set(painted)) == 1
    assert painted[0] > 5
    expect(root.locator(".time")).to_contain_text(f"frame {painted[0]}")


@pytest.mark.clock
def test_loop_restarts_all_together(open_scene) -> None:
    root = open_scene("three", 3)
    root.page.keyboard.press("l")
    expect(root.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    root.get_by_label("Position").fill("3.4")
    play(root)
    poll(root, f"(root) => ({CLOCKS})(root).every((t) => t > 0.3 && t < 2)")
    assert root.evaluate(STATES) == [False] * 3
    assert in_step("after a loop", lambda: sample(root, 700))


def test_ends_on_the_last_frames_and_starts_over(open_scene) -> None:
    root = open_scene("three", 3)
    root.get_by_label("Position").fill("3.6")
    play(root)
    expect(root).to_have_attribute("data-playing", "false")
    assert frames(root) == [99, 96, 79]
    root.evaluate(WATCH)
    play(root)
    poll(root, PLAYED, 0.1)
    assert root.evaluate(COLLECT)[0][3] < 2


@pytest.mark.parametrize("speed", [0.5, 2])
@pytest.mark.clock
def test_speed_holds_the_step(open_scene, speed: float) -> None:
    root = open_scene("three", 3)
    root.get_by_label("Speed").select_option(str(speed))

    def measure() -> list[list[float]]:
        root.page.keyboard.press("Home")
        expect(root).to_have_attribute("data-playing", "true")
        rows = sample(root, 1400)
        elapsed, walked = rows[-1][0] - rows[0][0], rows[-1][3] - rows[0][3]
        assert walked / (elapsed / 1000) == pytest.approx(speed, rel=0.15)
        return rows

    play(root)
    assert in_step(f"lockstep at {speed}x", measure)


@pytest.mark.clock
def test_one_video_is_heard(open_scene) -> None:
    root = open_scene("three", 3)
    muted = "(root) => [...root.querySelectorAll('video')].map((v) => v.muted)"
    assert root.evaluate(muted) == [False, True, True]
    root.locator("[data-tile=c] .hear").click()
    assert root.evaluate(muted) == [True, True, False]
    expect(root.locator("[data-tile=c] .heard")).to_be_visible()
    play(root)
    root.get_by_role("button", name="Loop").click()
    assert in_step("master is the short one", lambda: sample(root, 2600))
    root.page.keyboard.press("m")
    assert root.evaluate(muted) == [True, True, True]


@pytest.mark.clock
def test_a_clip_arrives_without_a_stir(open_scene) -> None:
    root = open_scene("coming", 3)
    expect(root.locator("[data-tile=d] .elapsed")).to_have_text(re.compile(r"^0:\d\d$"))
    root.get_by_label("Speed").select_option("0.5")
    root.evaluate(
        """(root) => { window.stirs = []; window.tile = root.querySelector('[data-tile=d]');
        window.before = [...root.querySelectorAll('video')];
        for (const v of window.before) for (const name of ['pause', 'seeking', 'emptied', 'loadstart', 'waiting'])
          v.addEventListener(name, () => window.stirs.push(v.dataset.id + ' ' + name)); }"""
    )
    play(root)
    root.page.get_by_role("button", name="four").click()
    expect(root.locator("video")).to_have_count(4)
    poll(root, "(root) => !root.querySelector('video[data-id=d]').paused")
    assert in_step("with a newcomer", lambda: sample(root, 700))
    assert sample(root, 50)[-1][2] == 4
    root.page.get_by_role("button", name="first").click()
    expect(root.locator(".tile").first).to_have_attribute("data-tile", "d")
    root.page.get_by_role("button", name="again").click()
    let_draw(root.page)
    assert root.evaluate("() => window.stirs") == []
    assert root.evaluate("(root) => window.before.every((v) => v.isConnected && !v.paused)")
    assert root.evaluate("(root) => window.tile.isConnected"), "the video took the place of its words"


@pytest.mark.clock
def test_waits_for_the_slow_one(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/files/*/b.mp4", lambda route: held.append(route))
    page.goto(f"{address}/?scene=two")
    root = page.locator(".player")
    poll(root, "(root) => root.querySelector('[data-id=a]').readyState >= 3")
    root.get_by_role("button", name="Play", exact=True).click()
    expect(root.locator(".badge")).to_have_text("loading 1 of 2")
    let_draw(page)
    assert root.evaluate(CLOCKS) == [0, 0]
    expect(root).to_have_attribute("data-playing", "false")
    for route in held:
        route.continue_()
    expect(root).to_have_attribute("data-playing", "true")
    assert in_step("after a slow start", lambda: sample(root, 700))


@pytest.mark.clock
def test_a_stall_stops_all_and_all_go_on_together(page: Page, address: str) -> None:
    page.goto(f"{address}/?scene=stall")
    root = page.locator(".player")
    expect(root.locator("video")).to_have_count(2)
    play(root)
    expect(root.locator(".badge")).to_have_text("loading 1 of 2")
    expect(root).to_have_attribute("data-playing", "false")
    before = root.evaluate(CLOCKS)
    assert before[0] > 0.5
    let_draw(page)
    assert root.evaluate(CLOCKS)[0] == before[0], "the one with data waits"
    page.request.get(f"{address}/release")
    expect(root).to_have_attribute("data-playing", "true")
    assert in_step("after a stall", lambda: sample(root, 550))


def test_elapsed_time_does_not_believe_the_local_clock(open_scene, page: Page) -> None:
    page.add_init_script("const real = Date.now.bind(Date); Date.now = () => real() + 3_600_000;")
    root = open_scene("words", 0)
    expect(root.locator("[data-tile=d] .elapsed")).to_have_text(re.compile(r"^0:[0-5]\d$"))
    expect(root.locator("[data-tile=f] .elapsed")).to_have_text("Failed")


def test_keys_leave_a_text_field_alone(open_scene, page: Page) -> None:
    root = open_scene("two", 2)
    field = page.get_by_label("elsewhere")
    field.fill("")
    field.press_sequentially("ml m")
    assert field.input_value() == "ml m"
    expect(root).to_have_attribute("data-playing", "false")
    expect(root.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "false")


def test_download(open_scene, page: Page) -> None:
    root = open_scene("two", 2)
    with page.expect_download() as download:
        root.locator("[data-tile=a]").get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "humo-a.mp4"


def test_a_missing_video_says_so_and_can_be_tried_again(open_scene, address: str) -> None:
    root = open_scene("missing", 2)
    tile = root.locator("[data-tile=missing]")
    expect(tile).to_contain_text("This video could not be loaded.")
    play(root)
    root.page.route("**/files/*/missing.mp4", lambda route: route.continue_(url=f"{address}/files/0/b.mp4"))
    tile.get_by_role("button", name="Try again").click()
    expect(tile).not_to_contain_text("could not be loaded")
    poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => !v.paused)")


def test_settings_that_differ_stand_out(open_scene) -> None:
    root = open_scene("two", 2)
    tile = root.locator("[data-tile=b]")
    expect(tile.locator(".setting")).to_have_text(["scale_a 7.5"])
    expect(tile.locator("summary")).to_have_text("same settings")


def test_every_control_has_a_name_and_shows_focus(open_scene, page: Page) -> None:
    root = open_scene("two", 2)
    for name in ("Play", "Loop", "Mute", "Play or pause HuMo, scale_a 5.0"):
        expect(root.get_by_role("button", name=name, exact=True).first).to_be_visible()
    for label in ("Position", "Speed", "Volume"):
        expect(root.get_by_label(label)).to_be_visible()
    root.focus()
    page.keyboard.press("Tab")
    button = root.get_by_role("button", name="Play", exact=True)
    expect(button).to_be_focused()
    assert button.evaluate("(b) => getComputedStyle(b).outlineStyle") == "solid"
    page.keyboard.press(" ")
    expect(root).to_have_attribute("data-playing", "true")


def test_narrow_stacks_without_scrolling_sideways(open_scene, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    root = open_scene("three", 3)
    boxes = [tile.bounding_box() for tile in root.locator(".tile").all()]
    assert len({box["x"] for box in boxes if box}) == 1
    assert all(box and box["x"] + box["width"] <= 390 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
