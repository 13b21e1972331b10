"""The compare page in a real browser: from a link to a film to send. The player has tests of its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from components.media.video import probe
from components.settings import Settings
from tests.e2e.person import PATIENCE
from tests.e2e.watching import play, poll
from tests.gallery_rows import Shelf
from tests.studio_server import StudioServer, start_studio

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("compare") / "data"
    folder.mkdir()
    shelf = Shelf(folder)
    shelf.film(shelf.fill(4, marked=False))
    return shelf


@pytest.fixture(scope="module")
def server(shelf: Shelf) -> Iterator[StudioServer]:
    with start_studio(Settings(data_dir=shelf.folder, poll_seconds=0.05)) as running:
        yield running


ORDER_IS_NOT = """(root, ids) =>
  [...root.querySelectorAll('.tile')].some((tile, place) => tile.dataset.tile !== ids[place])"""


class Compare:
    """A person at the compare page, in one tab."""

    def __init__(self, page: Page, server: StudioServer) -> None:
        self.page, self.url = page, f"{server.url}/compare"
        page.set_default_timeout(PATIENCE)
        self.player, self.titles = page.locator(".player"), page.locator(".tile .title")

    def opens(self, ids: list[str], more: str = "") -> Compare:
        self.page.goto(f"{self.url}?v={','.join(ids)}{more}")
        expect(self.page.locator(".tile video")).to_have_count(len(ids), timeout=PATIENCE)
        poll(self.player, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3)")
        return self

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def order(self) -> list[str | None]:
        return [tile.get_attribute("data-tile") for tile in self.page.locator(".tile").all()]

    def saves(self, label: str) -> Path:
        link = self.page.get_by_role("link", name=label)
        expect(link).to_be_visible(timeout=PATIENCE)
        with self.page.expect_download() as download:
            link.click()
        return Path(download.value.path())


@pytest.fixture
def visit(page: Page, server: StudioServer) -> Callable[..., Compare]:
    return lambda ids, more="": Compare(page, server).opens(ids, more)


@pytest.fixture
def ids() -> list[str]:
    return [f"{number:032x}-0" for number in range(4)]


def test_export_when_pressed_then_progress_and_a_film_of_the_chosen_videos(visit, ids):
    compare = visit(ids[:3])
    compare.button("Export MP4").click()
    compare.button("Make the MP4").click()
    film = compare.saves("Download the MP4")
    facts = probe(film)
    assert (facts.has_audio, facts.codec) == (True, "h264")
    assert facts.seconds == pytest.approx(2.0, abs=0.1)


def test_export_when_the_page_is_reloaded_then_it_is_still_there(visit, ids):
    compare = visit(ids[:2], "&view=wipe&pair=2-1")
    compare.button("Export MP4").click()
    expect(compare.page.get_by_role("radio", name="Wipe").last).to_be_checked()
    compare.button("Make the MP4").click()
    expect(compare.button("Make the MP4")).to_be_hidden()
    compare.page.wait_for_url("**export=**")
    compare.page.reload()
    assert probe(compare.saves("Download the MP4")).codec == "h264"


def test_blind_when_two_are_side_by_side_then_a_shuffle_changes_which_stands_where(visit, ids):
    compare = visit(ids[:2], "&view=pair")
    left = compare.page.locator("[data-side=left]")
    before = left.get_attribute("data-tile")
    compare.button("Shuffle").click()
    expect(left).not_to_have_attribute("data-tile", before or "")
    expect(left).to_have_attribute("data-heard", "true")


def test_sheet_when_pressed_then_a_picture_for_slides(visit, ids):
    compare = visit(ids[:2])
    compare.button("Contact sheet").click()
    picture = Image.open(io.BytesIO(compare.saves("Download the contact sheet").read_bytes()))
    assert picture.format == "PNG"
    assert picture.width > 1200


def test_blind_when_chosen_while_playing_then_names_go_and_come_back_in_the_same_order(visit, ids):
    compare = visit(ids)
    play(compare.player)
    compare.page.get_by_role("radio", name="Blind").click()
    expect(compare.titles).to_have_text(["Name hidden"] * 4)
    hidden = compare.order()
    assert sorted(hidden) == sorted(ids)
    assert hidden != ids
    assert "HuMo" not in compare.player.inner_text()
    compare.page.get_by_role("radio", name="Names shown").click()
    expect(compare.titles.first).not_to_have_text("Name hidden")
    assert compare.order() == hidden


def test_address_when_opened_elsewhere_then_the_same_comparison(visit, ids, browser):
    compare = visit(ids)
    compare.button("Shuffle").click()
    compare.page.wait_for_url("**order=**")
    poll(compare.player, ORDER_IS_NOT, ids)
    shuffled, address = compare.order(), compare.page.url
    compare.page.goto("about:blank")
    compare.page.goto(address)
    expect(compare.page.locator(".tile video")).to_have_count(4, timeout=PATIENCE)
    assert compare.order() == shuffled


def test_favourite_when_pressed_then_the_gallery_shows_it(visit, ids, server):
    compare = visit(ids[:2])
    compare.button("Video 2").click()
    expect(compare.button("Video 2")).to_have_attribute("aria-pressed", "true")
    expect(compare.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    compare.page.goto(f"{server.url}/gallery?favourite=1")
    expect(compare.page.locator(".card")).to_have_count(1)


def test_page_when_narrow_then_nothing_runs_over_the_side(visit, ids):
    compare = visit(ids)
    compare.page.set_viewport_size({"width": 390, "height": 844})
    poll(compare.page.locator("html"), "(root) => root.scrollWidth <= 390")
