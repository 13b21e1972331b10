"""Every page as axe-core sees it, light and dark, and at every width: no fault of our own making."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from components.errors import ErrorInfo
from components.library.database import open_database, sqlite_url
from components.settings import Settings
from components.ui.frame.places import ADDRESSES
from components.ui.frame.style import colours
from tests.e2e.conftest import clean_tab
from tests.e2e.layout import layout_faults
from tests.e2e.watching import poll
from tests.gallery_rows import Shelf, name
from tests.studio_server import StudioServer, start_studio
from tests.ui.rows import add_generation

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
    "subtracted": f"compare?v={','.join(VIDEOS[:2])}&view=diff",
}
"""Every page of the studio, and the states of some that look quite different."""
UNCERTAIN = ErrorInfo(code="x", message="Segmind gave no useful answer (HTTP 502).", hint="Look there again. " * 8)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("axe") / "data", poll_seconds=0.05)
    settings.data_dir.mkdir()
    shelf = Shelf(settings.data_dir)
    shelf.film(shelf.fill(4))
    database = open_database(sqlite_url(settings.data_dir / "studio.db"))
    add_generation(database, "uncertain", UNCERTAIN, prompt="A woman speaks warmly")
    database.dispose()
    with start_studio(settings) as running:
        yield running


@pytest.fixture(scope="module")
def visitor(profile: BrowserContext) -> Iterator[Page]:
    with clean_tab(profile) as page:
        yield page


@pytest.fixture(scope="module", params=PAGES.values(), ids=PAGES.keys())
def opened(server: StudioServer, visitor: Page, request: pytest.FixtureRequest) -> Page:
    """Each page, opened once for all that is asked of it."""
    return opens(visitor, server, request.param)


def opens(visitor: Page, server: StudioServer, path: str) -> Page:
    visitor.goto(f"{server.url}/{path}")
    expect(visitor.locator("h1")).to_be_visible()
    expect(visitor.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return visitor


def test_page_when_looked_at_by_axe_then_nothing_of_ours_is_wrong(opened):
    assert ours(opened) == []


def test_page_when_the_window_is_narrow_or_wide_then_every_control_is_whole(opened):
    assert layout_faults(opened) == []


def test_people_when_filled_in_then_the_press_says_how_many_videos_at_every_width(server, visitor):
    opens(visitor, server, "bhuman").get_by_role("button", name="Fill in an example").click()
    expect(visitor.get_by_role("button", name="Generate 3 videos")).to_be_visible()
    assert layout_faults(visitor) == []


def test_button_when_its_script_is_still_on_its_way_then_its_place_is_no_sliver(server, visitor):
    visitor.route("**/Button.*.js", lambda route: None)
    visitor.goto(f"{server.url}/settings")
    place = visitor.locator(".st-key-check-segmind").get_by_test_id("stSkeleton")
    poll(place, "(drawn) => drawn.getBoundingClientRect().width > 60")
    visitor.unroute_all(behavior="ignoreErrors")


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
