"""Every model's page: it opens, says what it needs, and its controls have the catalog's limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.catalog import MODELS
from components.catalog.check import bounds
from components.errors import ErrorInfo, OutOfCredits
from components.providers import PROVIDERS
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.ui.rows import add_generation
from tests.ui.screen import Screen

MADE = [spec for spec in MODELS.values() if not spec.parameters("table")]
NAMES = [spec.page for spec in MADE]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with open_studio(Settings(data_dir=tmp_path_factory.mktemp("models"))) as running:
        yield running


@pytest.fixture(params=MADE, ids=NAMES)
def page(request: pytest.FixtureRequest, studio: Studio) -> tuple[Screen, object]:
    return Screen().open(request.param.page.replace("-", "_")), request.param


def test_page_when_opened_then_says_the_wish_who_makes_it_and_what_it_needs(page):
    screen, spec = page
    assert screen.at.title[0].value == spec.title
    assert spec.pitch in screen.words()
    assert spec.needs in screen.words()
    assert spec.provider_name in screen.words()
    for open_question in spec.unknown:
        assert open_question in screen.words()


def test_numbers_when_shown_then_their_limits_and_defaults_are_the_catalogs(page):
    screen, spec = page
    for name in spec.parameters("number"):
        limits, key = bounds(spec, name), f"{spec.page}:{name}"
        if limits:
            slider = screen.at.slider(key=key)
            assert (slider.min, slider.max, slider.value) == (*limits, spec.field(name).get_default())
        else:
            assert screen.at.number_input(key=key).value == spec.field(name).get_default()


def chosen(screen: Screen, key: str) -> object:
    """What a choice stands on: buttons side by side, or a list where there are many or none may be chosen."""
    listed = [box for box in screen.at.selectbox if box.key == key]
    return listed[0].value if listed else screen.at.button_group(key=key).value


def test_choices_and_switches_when_shown_then_their_defaults_are_the_catalogs(page):
    screen, spec = page
    sized = {name for preset in spec.resolutions for name in preset.values}
    for name in spec.parameters("choice"):
        if name not in sized:
            assert chosen(screen, f"{spec.page}:{name}") == spec.field(name).get_default()
    for name in spec.parameters("switch"):
        assert screen.at.toggle(key=f"{spec.page}:{name}").value == spec.field(name).get_default()


def test_generate_when_something_is_missing_then_says_so_and_sends_nothing(page, studio):
    screen, spec = page
    missing = [name for name in spec.parameters() if spec.field(name).is_required()]
    if not missing:
        pytest.fail(f"{spec.name} takes an empty form") if spec.files() else None
        return
    screen.at.button(key=f"{spec.page}:generate").click().run()
    assert f"({missing[0]}) is missing" in screen.fine().words()
    assert studio.generations.recent(spec.id) == []


def test_example_when_pressed_then_nothing_is_missing_any_more(page):
    screen, spec = page
    screen.at.button(key=f"{spec.page}:example").click().run()
    screen.fine()
    state = screen.at.session_state
    for name in spec.parameters():
        if spec.field(name).is_required():
            assert state[f"{spec.page}:{name}"]


STATES = {
    "running": "rendering in the sandbox",
    "failed": "It came to nothing.",
    "uncertain": "It came to nothing.",
    "cancelled": "It came to nothing.",
}


@pytest.mark.parametrize("state", STATES)
def test_tile_when_a_generation_is_in_a_state_then_says_so(page, studio, state):
    screen, spec = page
    why = ErrorInfo(code="x", message="It came to nothing.", hint="Try again.")
    add_generation(studio._engine.database, state, why if state != "running" else None, model=spec.id)
    tile = screen.again().tiles()[0]
    assert (tile["kind"], tile["state"]) == ("waiting", state)
    assert STATES[state] in tile["message"]


def test_tile_when_a_generation_is_done_then_plays_and_can_be_downloaded(page, studio):
    screen, spec = page
    add_generation(studio._engine.database, "done", model=spec.id)
    tile = screen.again().tiles()[0]
    assert tile["kind"] == "clip"
    assert tile["downloadName"].startswith(spec.page)


def test_credits_when_they_ran_out_then_the_tile_leads_to_where_they_are_bought(page, studio):
    screen, spec = page
    add_generation(studio._engine.database, "failed", OutOfCredits("Too few credits.").info(), model=spec.id)
    assert screen.again().tiles()[0]["link"] == PROVIDERS[spec.provider].billing
