"""Every page as axe-core sees it, light and dark: no violation of our own making."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from components.settings import Settings
from components.ui.frame.places import ADDRESSES
from components.ui.frame.style import colours
from tests.e2e.conftest import clean_tab
from tests.gallery_rows import Shelf, name
from tests.studio_server import StudioServer, start_studio

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Streamlit's own: the sidebar's list holds sections, and an uploader's button wraps its input.
THEIRS = {"list", "listitem", "presentation-role-conflict"}
# Our colors are those of Streamlit's theme, whose color of the ground is given, and none is on its way any more.
THEMED = """(ground) => getComputedStyle(document.documentElement).getPropertyValue('--s-ground') === ground
  && !document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === "running")"""
VIDEOS = [name(number) for number in range(4)]
PAGES = {
    **{place.name: address for address, place in ADDRESSES.items()},
    "nothing found": "gallery?text=nothing-is-called-so",
    "one video": f"gallery?output={VIDEOS[0]}",
    "compared": f"compare?v={','.join(VIDEOS)}",
    "wiped": f"compare?v={','.join(VIDEOS[:2])}&view=wipe",
}
"""Every page of the studio, and the states of some that look quite different."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("axe") / "data", poll_seconds=0.05)
    settings.data_dir.mkdir()
    shelf = Shelf(settings.data_dir)
    shelf.film(shelf.fill(4))
    with start_studio(settings) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(profile: BrowserContext) -> Iterator[Page]:
    with clean_tab(profile) as page:
        yield page


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_page_when_looked_at_by_axe_then_nothing_of_ours_is_wrong(server, visitor, path):
    visitor.goto(f"{server.url}/{path}")
    expect(visitor.locator("h1")).to_be_visible(timeout=30_000)
    expect(visitor.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    assert ours(visitor) == []


def test_page_when_its_panels_are_open_then_nothing_of_ours_is_wrong(server, visitor):
    visitor.goto(f"{server.url}/gallery")
    visitor.locator(".card").first.get_by_role("checkbox").check()
    expect(visitor.locator(".st-key-gallery-bar")).to_contain_text("1 selected")
    visitor.get_by_role("button", name="More filters").click()
    assert ours(visitor) == []
    visitor.goto(f"{server.url}/compare?v={','.join(VIDEOS)}")
    visitor.locator(".bell .ring").click()
    expect(visitor.get_by_role("dialog", name="Finished lately")).to_be_visible()
    assert ours(visitor) == []
    visitor.keyboard.press("Escape")
    visitor.get_by_role("button", name="Export MP4").click()
    expect(visitor.get_by_role("button", name="Make the MP4")).to_be_visible()
    assert ours(visitor) == []


def ours(page: Page) -> list[str]:
    """What is wrong and where, without what is Streamlit's, in the one theme and the other."""
    page.evaluate(AXE)
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(THEMED, arg=colours(scheme)["ground"])
        found += [f"{scheme}: {words}" for words in _ours(page)]
    return found


def _ours(page: Page) -> list[str]:
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {node['html'][:200]}" for v in found if v["id"] not in THEIRS for node in v["nodes"]]
