"""Keys of one's own on the settings page: given and taken away, never sent back, and no word of the team's."""

from __future__ import annotations

import pytest

from components.studio import of
from tests.conftest import HUMO
from tests.ui.people.conftest import MEMBER, VIEWER, module_studio, visit  # noqa: F401

FIELD = "own:typed:segmind_api_key"


@pytest.fixture
def page(module_studio, visit):  # noqa: F811
    yield visit(MEMBER).open("settings")
    of(MEMBER).accounts.keep_own_key("segmind", {})


def press(page, label):
    named = [button for button in page.at.button if button.label == label]
    next(button for button in named if len(named) == 1 or "segmind" in (button.key or "")).click().run()
    return page.fine()


def test_key_when_a_member_gives_one_then_it_is_theirs_used_at_once_and_never_sent_back(page, visit):  # noqa: F811
    page.at.text_input(key=FIELD).set_value("SG_mine")
    press(page, "Keep the key")
    assert "Your key" in page.words()
    assert of(MEMBER).accounts.side(HUMO) == "live"
    assert "SG_mine" not in page.open("settings").everything()
    assert "live with your own key" in visit(MEMBER).open("humo").words()
    press(page.open("settings"), "Keep (empty fields remove it)")
    assert "Your key" not in page.words()


def test_settings_when_a_member_opens_them_then_the_teams_keys_are_not_spoken_of(page):
    assert "Key present" not in page.words()
    assert "No key" not in page.words()


def test_settings_when_a_viewer_opens_them_then_no_key_is_asked_for(module_studio, visit):  # noqa: F811
    assert "Keys of your own" not in visit(VIEWER).open("settings").words()
