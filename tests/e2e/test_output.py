"""One video's page in a real browser: its settings go back into a form, marks by keyboard, notes that stay."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from components.library.database import open_database, sqlite_url
from components.library.tables import generation
from components.settings import Settings
from tests.e2e.person import PATIENCE
from tests.e2e.watching import poll
from tests.gallery_rows import Shelf, name
from tests.studio_server import StudioServer, start_studio

pytestmark = pytest.mark.browser

HUMO, HUNYUAN, RUNWARE = name(0), name(1), name(2)
DIRECTED = {
    "prompt": "A woman speaks in a quiet studio",
    "audio": "https://example.com/hello.mp3",
    "mode": "TA",
    "frames": 97,
    "scale_a": 7.5,
    "scale_t": 3.2,
    "steps": 41,
    "width": 832,
    "height": 480,
}
FILMED = {
    "prompt": 'It\'s a "cat" in a <b>box</b>, $5 `now`',
    "negative_prompt": "blur",
    "video_length": 25,
    "width": 544,
    "height": 960,
    "infer_steps": 23,
    "flow_shift": 9.5,
    "embedded_guidance_scale": 8,
    "seed": 424242,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    folder = tmp_path_factory.mktemp("output") / "data"
    folder.mkdir()
    shelf = Shelf(folder)
    shelf.film(shelf.fill(5, marked=False))
    engine = open_database(sqlite_url(folder / "studio.db"))
    with engine.begin() as connection:
        for one, parameters in ((HUMO, DIRECTED), (HUNYUAN, FILMED)):
            own = sa.update(generation).where(generation.c.id == one.removesuffix("-0"))
            connection.execute(own.values(parameters=parameters, operation={"request_id": "req-4711"}))
    engine.dispose()
    with start_studio(Settings(data_dir=folder)) as running:
        yield running


@pytest.fixture
def show(page: Page, server: StudioServer):
    """Opens the page of one video."""
    page.set_default_timeout(PATIENCE)

    def show(output_id: str) -> Page:
        page.goto(f"{server.url}/gallery?output={output_id}")
        expect(page.get_by_role("heading", name="Settings")).to_be_visible(timeout=PATIENCE)
        calm(page)
        return page

    return show


def calm(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def control(page: Page, form: str, parameter: str) -> Locator:
    return page.locator(f".st-key-{form}-{parameter}")


def value(page: Page, form: str, parameter: str) -> str:
    return control(page, form, parameter).locator("input, textarea").first.input_value()


def star(page: Page, number: int) -> Locator:
    return page.get_by_role("radio", name=f"{number} out of 5 stars")


def test_use_these_settings_when_pressed_then_the_form_shows_exactly_these(show):
    page = show(HUNYUAN)
    page.get_by_role("button", name="Use these settings").click()
    page.wait_for_url("**/hunyuan-video")
    calm(page)
    page.get_by_text("More controls").click()
    expect(control(page, "hunyuan-video", "seed").locator("input")).to_have_value("424242")
    found = {parameter: value(page, "hunyuan-video", parameter) for parameter in FILMED}
    assert found == {
        parameter: f"{given:g}" if isinstance(given, float) else str(given) for parameter, given in FILMED.items()
    }


def test_other_model_when_chosen_then_it_says_what_stays_and_opens_with_the_rest(show):
    page = show(HUMO)
    page.get_by_role("button", name="Try on another model").click()
    page.get_by_test_id("stPopoverBody").get_by_text("Hunyuan Video", exact=True).click()
    expect(page.get_by_text("Hunyuan Video takes no voice.")).to_be_visible()
    expect(page.get_by_text("Length 97 frames at 25 fps (3.9 s) became 93 at 24 fps (3.9 s).")).to_be_visible()
    page.get_by_role("button", name="Open Hunyuan Video").click()
    page.wait_for_url("**/hunyuan-video")
    calm(page)
    expect(control(page, "hunyuan-video", "prompt").locator("textarea")).to_have_value(DIRECTED["prompt"])
    assert value(page, "hunyuan-video", "video_length") == "93"
    assert value(page, "hunyuan-video", "infer_steps") == "41"


def test_rating_when_given_by_keyboard_then_it_survives_a_reload(show):
    page = show(RUNWARE)
    star(page, 1).focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(star(page, 4)).to_have_attribute("aria-checked", "true")
    calm(page)
    page.reload()
    expect(star(page, 4)).to_have_attribute("aria-checked", "true")


def test_note_and_tag_when_written_then_they_survive_a_reload(show):
    page = show(RUNWARE)
    page.get_by_role("textbox", name="Note").fill("The mouth is late <b>here</b>")
    page.keyboard.press("Tab")
    calm(page)
    tags = page.get_by_role("combobox", name="Tags")
    tags.fill("for the client")
    page.keyboard.press("Enter")
    expect(page.get_by_text("for the client", exact=True)).to_be_visible()
    calm(page)
    page.reload()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("The mouth is late <b>here</b>")
    expect(page.get_by_text("for the client", exact=True)).to_be_visible()


def test_delete_when_pressed_then_undo_brings_it_back(show):
    page = show(RUNWARE)
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="This video is in the bin")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Use these settings")).to_be_visible()


def test_request_when_opened_then_it_can_be_copied_as_python_and_as_curl(show):
    page = show(HUNYUAN)
    page.get_by_text("Show the request").click()
    expect(page.get_by_text("import requests")).to_be_visible()
    page.get_by_role("tab", name="curl").click()
    expect(page.get_by_text("#!/bin/sh")).to_be_visible()
    expect(page.get_by_text("req-4711")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1024, 1400])
def test_page_when_narrow_or_wide_then_nothing_reaches_beyond_the_edge(show, width):
    page = show(HUMO)
    page.set_viewport_size({"width": width, "height": 844})
    page.locator(".tile video").wait_for()
    poll(page.locator("body"), "(root) => root.scrollWidth <= window.innerWidth")
    film, facts = page.locator(".tile").bounding_box(), page.locator(".st-facts").first.bounding_box()
    assert (facts["y"] > film["y"] + film["height"]) is (width == 390), json.dumps([film, facts])
