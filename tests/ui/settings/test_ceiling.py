"""The ceiling on the settings page, and what each page says of it before and after a press."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
import streamlit as st

from components.errors import CeilingReached, ErrorInfo
from components.library.records import Ceiling
from components.settings import Settings
from components.studio import Studio, open_studio
from components.ui.frame import visitor
from tests.conftest import as_live
from tests.sandbox_server import SandboxServer
from tests.ui.rows import add_generation
from tests.ui.screen import SPEC, Screen

RESERVED = Decimal("2.94")
"""For HuMo, whose price Segmind does not publish."""


@pytest.fixture(scope="module")
def module_studio(tmp_path_factory, session_sandbox: SandboxServer) -> Iterator[Studio]:
    """With a key; it takes the session's sandbox for the provider."""
    plain = Settings(data_dir=tmp_path_factory.mktemp("ceiling") / "data", poll_seconds=0.05)
    keys = {"bhuman_api_key_id": "id", "bhuman_api_key_secret": "secret"}
    with open_studio(plain.model_copy(update=as_live(session_sandbox.url) | keys)) as running:
        yield running


@pytest.fixture
def studio(studio) -> Iterator[Studio]:
    yield studio
    studio.ceilings.set(Ceiling())


@pytest.fixture
def page(home) -> Screen:
    return home.open("settings")


def fill(page: Screen, **values: float | None) -> Screen:
    for name, value in values.items():
        page.at.number_input(key=f"ceiling:{name}").set_value(value)
    next(button for button in page.at.button if button.label == "Keep the ceiling").click().run()
    return page.fine()


def fields(page: Screen) -> list[float | None]:
    return [page.at.number_input(key=f"ceiling:{name}").value for name in ("day", "month", "in_flight")]


def test_ceiling_when_never_set_then_there_is_none_and_no_page_speaks_of_it(page, studio):
    assert studio.ceilings.get() == Ceiling()
    assert fields(page) == [None, None, None]
    assert "left today" not in page.words()
    assert "left today" not in page.open("humo").words()


def test_ceiling_when_kept_then_the_settings_and_the_models_page_say_what_is_left(page, studio, monkeypatch):
    monkeypatch.setattr(visitor, "zone", lambda: None)
    fill(page, day=6.2, month=40.0, in_flight=3)
    assert studio.ceilings.get() == Ceiling(day=Decimal("6.2"), month=Decimal(40), in_flight=3)
    said = page.words()
    assert "You have $6.20 left today and $40.00 left this month. Under way: 0 of 3." in said
    assert "Days and months are counted in UTC." in said
    assert "You have $6.20 left today. Under way: 0 of 3." in page.open("humo").words()
    assert fields(page.open("settings")) == [6.2, 40.0, 3]


def test_ceiling_when_every_field_is_emptied_then_it_is_gone(page, studio):
    fill(page, day=6.2)
    fill(page, day=None)
    assert studio.ceilings.get() == Ceiling()
    assert "left today" not in page.words()


def test_ceiling_when_the_month_leaves_less_than_the_day_then_the_month_is_told(studio, humo):
    studio.ceilings.set(Ceiling(day=Decimal(50), month=Decimal(20)))
    assert "You have $20.00 left this month." in humo.again().words()


@pytest.fixture
def ready(studio, humo) -> Screen:
    """A form in which nothing is missing."""
    return humo.press("example")


def test_press_when_there_is_room_then_what_it_counts_is_told_before(studio, ready):
    studio.ceilings.set(Ceiling(day=Decimal(6)))
    said = ready.again().words()
    assert "You have $6.00 left today. This counts as $2.94, the dearest price known" in said


def test_press_when_there_is_no_room_then_told_before_and_after_and_nothing_is_sent(studio, ready):
    studio.ceilings.set(Ceiling(day=RESERVED - 1))
    why = "$2.94, the dearest price known, because its own is not published; $1.94 of $1.94 is left today."
    before = ready.again().words()
    assert why in before
    assert "It never fits into $1.94 a day. The ceiling is set on the settings page." in before
    assert not ready.at.button(key=f"{SPEC.page}:generate").disabled
    ready.generate()
    [said] = ready.at.error
    assert "Nothing was sent" in said.value
    assert why not in ready.words().replace(said.value, "")
    assert studio.generations.recent() == []
    studio.ceilings.set(Ceiling(day=RESERVED))
    assert "You have $2.94 left today." in ready.again().words()
    assert not ready.at.error


def test_press_when_room_came_back_before_the_page_was_drawn_then_the_refusal_is_told_all_the_same(
    studio, ready, monkeypatch
):
    def refuse(*_: object, **__: object) -> None:
        raise CeilingReached("One generation is under way, and the ceiling is 1.", "Nothing was sent.")

    studio.ceilings.set(Ceiling(in_flight=1))
    monkeypatch.setattr(type(studio.generations), "submit", refuse)
    assert "Nothing was sent" in ready.generate().at.error[0].value
    assert not ready.again().at.error


def test_sandbox_when_there_is_a_ceiling_then_its_pages_are_silent(studio, ready, monkeypatch):
    studio.ceilings.set(Ceiling(day=Decimal(0)))
    monkeypatch.setattr(type(studio.accounts), "side", lambda *_: "sandbox")
    assert "left today" not in ready.again().words()


@pytest.fixture
def _lists_are_forgotten():
    """A provider's lists are kept for a minute, by side: another test's are not this one's."""
    yield
    st.cache_data.clear()


@pytest.mark.usefixtures("_lists_are_forgotten")
def test_people_when_there_is_a_ceiling_then_their_page_tells_it_too(studio, home):
    studio.ceilings.set(Ceiling(day=Decimal(1)))
    assert "You have $1.00 left today." in home.open("bhuman").words()


def test_sending_again_when_there_is_no_room_then_told_before_and_after(studio, home):
    one = add_generation(
        studio._engine.database,
        "uncertain",
        ErrorInfo(code="outcome_unknown", message="Lost.", hint="Look."),
        audio="https://example.com/voice.mp3",
    )
    studio.ceilings.set(Ceiling(day=Decimal(1)))
    activity = home.open("activity")
    assert "$1.00 of $1.00 is left today" in activity.words()
    activity.at.button(key=f"activity:send:{one.id}").click().run()
    assert "Nothing was sent" in activity.fine().at.toast[0].value
    with pytest.raises(CeilingReached):
        studio.ways_out.send_again(one.id)
