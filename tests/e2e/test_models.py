"""Every model's page in a real browser, from the good example to a playing video; BHuman with twelve people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from components.catalog import MODELS
from components.catalog.spec import ModelSpec
from components.settings import Settings
from tests.e2e.person import PATIENCE, Person
from tests.e2e.watching import CLOCKS, play, poll
from tests.studio_server import StudioServer, start_studio

pytestmark = pytest.mark.browser

MADE = [spec for spec in MODELS.values() if spec.page != "humo" and not spec.parameters("table")]
PEOPLE = "name\tcompany\n" + "".join(f"Person {number}\tFirm {number}\n" for number in range(1, 13))
LONG = 2 * PATIENCE


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    with start_studio(Settings(data_dir=tmp_path_factory.mktemp("models") / "data")) as running:
        yield running


@pytest.fixture
def person(page: Page, server: StudioServer) -> Iterator[Person]:
    someone = Person(page, server)
    yield someone
    assert someone.stayed_here(), f"the page asked elsewhere: {someone.hosts}"


def plays(person: Person) -> None:
    """The first videos are there, and their clocks go on."""
    person.videos.first.wait_for(timeout=LONG)
    poll(person.player, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3)")
    play(person.player)
    poll(person.player, f"(root) => ({CLOCKS})(root).every((time) => time > 0.2)")


@pytest.mark.parametrize("spec", MADE, ids=[spec.page for spec in MADE])
def test_page_when_the_example_is_generated_then_its_video_plays(person: Person, spec: ModelSpec):
    person.opens(spec.page)
    person.page.get_by_role("button", name="Fill in a good example").click()
    for shown in (".st-portrait", ".st-voice") if spec.files() else ():
        expect(person.page.locator(shown)).to_be_visible()
    person.calm()
    if spec.resolutions:
        person.page.get_by_role("radio", name="1.0 s").click()
        person.calm()
    person.generate.click()
    plays(person)


def test_bhuman_when_twelve_people_are_pasted_then_every_video_arrives_and_plays(person: Person):
    page = person.page
    person.opens("bhuman")
    page.get_by_role("combobox", name="Choose a template").click()
    page.get_by_role("option").first.click()
    person.calm()
    page.get_by_role("button", name="Paste", exact=False).first.click()
    page.get_by_label("Copied from a spreadsheet, with its heading line").fill(PEOPLE)
    page.get_by_role("button", name="Use this table").click()
    person.calm()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Generate 12 videos").click()
    expect(page.get_by_text("12 of 12 videos are here.")).to_be_visible(timeout=LONG)
    plays(person)
    expect(person.player.get_by_text("Person 1", exact=True).first).to_be_visible()
