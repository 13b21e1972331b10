"""The compare player's state in the address, its keyboard, and its narrow page, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.player_server import CLIPS, make_clips, start_player
from tests.e2e.watching import CLOCKS, let_draw, play, played_to, poll, settled

pytestmark = pytest.mark.browser

STATE = "view=wipe&pair=3-1&wipe=32&at=1.5&loop=1-2.4&speed=0.5&sound=2&follow=1&shift=2:0.2,3:-0.04&large=3"
REACHED = (
    "Grid", "Side by side (Two)", "Wipe", "Left", "Swap sides", "Right", "Keys", "Play", "Position",
    "Loop from here", "Loop", "Loop to here", "Speed", "Mute", "Volume", "Full screen", "♪ Hear HuMo, scale_a 5.0",
)  # fmt: skip
FOCUS = "(node) => { const style = getComputedStyle(node); return style.outlineStyle !== 'none'; }"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("clips")
    make_clips(folder, {name: CLIPS[name] for name in "abc"})
    with start_player(folder) as address:
        yield address


@pytest.fixture
def compare(page: Page, address: str) -> Callable[[str], Locator]:
    def open_it(query: str) -> Locator:
        page.goto(f"{address}/?{query}")
        root = page.locator(".player")
        poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3)")
        settled(root)
        return root

    return open_it


def says(page: Page, query: str) -> None:
    """The address comes to hold exactly this; it is written a while after the last change."""
    expect(page).to_have_url(re.compile(rf"/{re.escape(query)}$"))


def described(root: Locator) -> list[str | None]:
    attributes = (
        (".grid", "data-view"),
        (".line", "aria-valuenow"),
        ("[data-tile=c]", "data-side"),
        ("[data-tile=c]", "data-front"),
        (".loop", "aria-label"),
        ("[data-tile=b] .ear", "aria-pressed"),
        ("[data-tile=b] .shift", "title"),
        (".follow", "aria-pressed"),
    )
    named = [root.locator(selector).get_attribute(name) for selector, name in attributes]
    return [*named, root.get_by_label("Speed").input_value(), root.locator(".now").inner_text()]


def test_state_when_the_page_is_opened_by_its_address_then_it_is_as_it_was(compare, page):
    root = compare(f"v=abc&keep=a%20b&{STATE}")
    was = described(root)
    assert was == [
        "wipe", "32", "left", "true", "Loop 1.00–2.40",
        "true", "Runs 0.20 s ahead of the clock", "true", "0.5", "1.50",
    ]  # fmt: skip
    assert root.evaluate(CLOCKS) == pytest.approx([1.5, 1.7, 1.46], abs=0.01)
    says(page, f"?v=abc&keep=a%20b&{STATE}")


def test_state_when_changed_then_the_address_says_so_and_a_reload_restores_it(compare, page):
    root = compare("keep=a%20b&v=abc")
    for key in ("v", "v", "]", "2", ">", "End", "ArrowLeft", "i", "-"):
        page.keyboard.press(key)
    begins, ends = (
        re.escape("?keep=a%20b&v=abc&view=wipe&wipe=52&at="),
        re.escape("&speed=0.75&sound=2&shift=2:0.1"),
    )
    expect(page).to_have_url(re.compile(f"/{begins}.+{ends}$"))
    said = page.evaluate("location.search")
    assert page.evaluate("history.length") <= 2, "no step back is added for it"
    was = described(root)
    page.reload()
    settled(root)
    poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3)")
    assert described(root) == was
    says(page, said)


def test_state_when_python_runs_again_then_nothing_is_lost_and_python_knows_it(compare, page):
    root = compare("v=abc")
    for key in ("v", "v", "]"):
        page.keyboard.press(key)
    says(page, "?v=abc&view=wipe&wipe=52")
    page.get_by_role("button", name="again").click()
    expect(page.locator("code").first).to_have_text(json.dumps({"view": "wipe", "wipe": "52"}))
    page.get_by_role("button", name="name it").click()
    expect(page.locator("code").last).to_contain_text("given by Python")
    says(page, "?v=abc&name=given+by+Python&view=wipe&wipe=52")
    assert root.locator(".grid").get_attribute("data-view") == "wipe"


def test_state_when_played_then_the_address_is_written_seldom(compare, page):
    root = compare("v=ab&loop=all")
    page.evaluate(
        """() => { window.written = 0; const write = history.replaceState.bind(history);
        history.replaceState = (...given) => { window.written += 1; write(...given); }; }"""
    )
    play(root)
    played_to(root, 1.2)
    assert page.evaluate("window.written") == 0
    page.keyboard.press(" ")
    expect(page).to_have_url(re.compile(r"[?&]at="))
    let_draw(page)
    assert page.evaluate("window.written") == 1


HOSTILE = (
    "view=<script>&pair=1-9&at=1e9&loop=3-2&speed=99&sound=0&shift=1:999,2:x,9:1&large=-1&wipe=101&follow=yes"
)


def test_address_when_it_is_hostile_then_what_does_not_fit_is_ignored(compare, page):
    root = compare(f"v=abc&{HOSTILE}")
    assert described(root) == [
        "grid",
        "50",
        "none",
        "false",
        "Loop",
        "false",
        "Shift in time",
        "false",
        "1",
        "0.00",
    ]
    says(page, "?v=abc")


def test_keyboard_when_nothing_else_is_used_then_all_tools_are_reached_with_visible_focus(compare, page):
    root = compare("v=abc")
    page.locator("button", has_text="name it").focus()
    page.keyboard.press("Tab")
    expect(root).to_be_focused()
    names = []
    for _ in range(22):
        page.keyboard.press("Tab")
        focused = root.locator("*:focus")
        assert focused.evaluate(FOCUS), focused.evaluate("(node) => node.outerHTML")
        names.append(focused.get_attribute("aria-label") or focused.inner_text())
        if names[-1] == "Wipe":
            page.keyboard.press("Enter")
    assert [name for name in REACHED if name not in names] == []
    assert any((name or "").startswith("Shift HuMo") for name in names)
    slider = root.get_by_role("slider", name="Wipe")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "52")


def test_keys_when_pressed_then_each_does_what_the_list_says(compare, page):
    root = compare("v=abc&view=wipe")
    press = page.keyboard.press
    press("?")
    expect(root.get_by_role("dialog", name="Keys")).to_be_visible()
    press("v")
    assert root.locator(".grid").get_attribute("data-view") == "wipe", "the list has the keyboard"
    press("Escape")
    expect(root.get_by_role("dialog", name="Keys")).to_be_hidden()
    press("[")
    expect(root.get_by_role("slider", name="Wipe")).to_have_attribute("aria-valuenow", "48")
    press("x")
    expect(root.locator("[data-tile=b]")).to_have_attribute("data-side", "left")
    press("3")
    expect(root.locator("[data-tile=c] .ear")).to_have_attribute("aria-pressed", "true")
    press("+")
    expect(root.get_by_label("Speed")).to_have_value("1.25")
    page.get_by_label("elsewhere").press_sequentially("vx3+")
    expect(root.locator(".grid")).to_have_attribute("data-view", "wipe")


def test_narrow_page_when_swiped_then_one_clock_goes_on_and_the_sound_stays(compare, page):
    page.set_viewport_size({"width": 390, "height": 844})
    root = compare("v=abc&at=1&loop=all")  # none ends, however long the rest takes
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(root.locator(".count")).to_have_text("1 of 3")
    play(root)
    root.locator(".grid").evaluate("(grid) => grid.scrollTo({ left: grid.clientWidth, behavior: 'instant' })")
    expect(root.locator(".count")).to_have_text("2 of 3")
    box = root.locator("[data-tile=b] .stage").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => !v.paused)")
    expect(root.locator("[data-tile=a] .ear")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(" ")
    settled(root)
    assert root.evaluate(CLOCKS) == pytest.approx([root.evaluate(CLOCKS)[0]] * 3, abs=0.005)
    root.get_by_role("button", name="♪ follows the picture").click()
    root.get_by_role("button", name="Show 3 · HuMo, scale_a 3.0").click()
    expect(root.locator("[data-tile=c] .ear")).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("[?&]large=3"))


@pytest.mark.parametrize("view", ["pair", "wipe", "diff", "large"])
def test_narrow_page_when_in_any_view_then_it_does_not_scroll_sideways(compare, page, view):
    page.set_viewport_size({"width": 390, "height": 844})
    root = compare(f"v=abc&view={view}&loop=1-2")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert root.evaluate("(root) => root.scrollWidth <= root.clientWidth + 1")


def test_view_of_two_when_a_longer_one_is_out_of_sight_then_it_ends_with_the_two(compare):
    root = compare("v=abc&view=pair&pair=2-3")
    expect(root.locator(".time")).to_contain_text("/ 3.88 s")
    root.get_by_label("Position").fill("3.6")
    root.get_by_role("button", name="Play", exact=True).click()
    expect(root.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(root.locator(".now")).to_have_text("3.88")
    root.locator(".segments").get_by_role("button", name="Grid").click()
    expect(root.locator(".time")).to_contain_text("/ 4.00 s")
