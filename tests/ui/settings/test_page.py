"""Keys and sides: what the pages say with a key, without one, with a bad one; and never the key itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from components.settings import Settings
from components.studio import current, open_studio
from tests.conftest import KEY
from tests.ui.screen import SPEC, Screen

CHECK = f"check:{SPEC.provider}"


@pytest.fixture
def visit() -> Iterator[Callable[..., Screen]]:
    """Opens a page of a studio with the given settings."""
    with ExitStack() as stack:

        def visit(settings: Settings, page: str = "settings", **changes: object) -> Screen:
            stack.enter_context(open_studio(settings.model_copy(update=changes)))
            return Screen().open(page)

        yield visit


def check(screen: Screen) -> Screen:
    screen.at.button(key=CHECK).click().run()
    return screen.fine()


def test_settings_when_there_is_no_key_then_says_how_to_set_one_and_checks_the_sandbox(visit, settings):
    screen = visit(settings)
    words = screen.words()
    for said in ("No key", "Sandbox", "SEGMIND_API_KEY", "STUDIO_SANDBOX=auto", SPEC.name):
        assert said in words
    assert str(settings.data_dir) in screen.at.code[0].value
    assert "The sandbox answers" in check(screen).at.success[0].value


def test_settings_when_there_is_a_key_then_says_present_and_never_which(visit, live):
    screen = visit(live)
    assert "Key present" in screen.words()
    assert "The key is good" in check(screen).at.success[0].value
    assert KEY not in screen.everything()
    assert KEY not in screen.open("humo").everything()


def test_settings_when_the_key_is_bad_then_says_so_and_not_which(visit, live):
    screen = check(visit(live, segmind_api_key="invalid"))
    assert "does not accept the API key" in screen.at.error[0].value
    assert not screen.at.success
    assert "invalid" not in screen.everything()


def test_settings_when_all_is_off_then_there_is_nothing_to_check(visit, settings):
    screen = visit(settings, sandbox="never")
    assert not [button.key for button in screen.at.button if (button.key or "").startswith("check:")]
    assert "Off" in screen.words()


def test_key_when_typed_then_kept_for_its_owner_used_at_once_and_never_sent_back(visit, settings, sandbox):
    screen = visit(settings, gateway=sandbox.url)
    screen.at.text_input(key="typed:segmind_api_key").set_value("SG_typed")
    press(screen, "Keep the key")
    assert "Key present" in screen.words()
    assert "The key is good" in check(screen).at.success[0].value
    assert "SG_typed" not in screen.open("settings").everything()
    kept = settings.data_dir / "studio.db"
    assert kept.stat().st_mode & 0o077 == 0
    assert b"SG_typed" not in kept.read_bytes()
    press(screen, "Keep (empty fields remove it)")
    assert "Key present" not in screen.words()


def press(screen: Screen, label: str) -> None:
    """The button of the provider at hand; each has its own."""
    named = [button for button in screen.at.button if button.label == label]
    next(button for button in named if len(named) == 1 or SPEC.provider in (button.key or "")).click().run()
    screen.fine()


def test_rehearsal_when_set_then_the_next_generation_meets_it(visit, settings, voice_wav):
    screen = visit(settings)
    screen.at.selectbox(key="rehearse:act").set_value("server").run()
    screen.at.button(key="rehearse:begin").click().run()
    assert "next 1 in the sandbox will" in screen.fine().at.success[0].value
    studio = current()
    job = studio.submit(SPEC.id, {"prompt": "x", "audio": studio.add_asset(voice_wav).id, "frames": 10})
    assert studio.wait(job.id, 60).state == "failed"


def test_generate_when_all_is_off_then_cannot_be_pressed_and_says_why(visit, settings):
    screen = visit(settings, "humo", sandbox="never")
    assert screen.at.button(key=f"{SPEC.page}:generate").disabled
    assert "needs an API key, and the sandbox is off" in screen.words()


def test_humo_when_there_is_a_key_then_says_that_it_costs(visit, live):
    words = visit(live, "humo").words()
    assert "Paid by your key" in words
    assert "Free in the sandbox" not in words


def test_home_when_there_is_a_key_then_says_live_and_no_more_of_the_sandbox(visit, live):
    words = visit(live, "home").words()
    assert "Live" in words
    assert "No key is needed" not in words


def test_home_when_nothing_can_be_used_then_says_needs_a_key(visit, settings):
    assert "Needs a key" in visit(settings, "home", sandbox="never").words()


def test_tagging_when_switched_off_then_it_stays_off(visit, settings):
    screen = visit(settings)
    switch = screen.at.toggle(key="settings:tagging")
    assert switch.value
    switch.set_value(False).run()
    assert not current().preferences.tagging
    assert not Screen().open("settings").at.toggle(key="settings:tagging").value
