"""Access for programs, on the settings page: a token is shown once, limited, and gone when it is revoked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from components.errors import TokenRefused
from components.library.records import Ceiling
from components.studio import of, of_program
from tests.ui.people.conftest import MEMBER, VIEWER, module_studio, visit  # noqa: F401


@pytest.fixture
def enter(module_studio, visit):  # noqa: F811
    yield visit
    for held in of(MEMBER).tokens.all():
        of(MEMBER).tokens.revoke(held.token.id)


@pytest.fixture
def page(enter):
    return enter(MEMBER).open("settings")


def make(page, name="nightly", **limits):
    page.at.text_input(key="token:name").set_value(name)
    for field, value in limits.items():
        page.at.number_input(key=f"token:ceiling:{field}").set_value(value)
    next(button for button in page.at.button if button.label == "Make the token").click().run()
    return page.fine()


def shown(page):
    return [code.value for code in page.at.code if code.value.startswith("st_")]


def test_token_when_made_then_shown_until_it_is_taken_and_never_again(page, enter):
    make(page, day=5.0, in_flight=2)
    [words] = shown(page)
    assert of_program(words).person.owner == MEMBER
    [held] = of(MEMBER).tokens.all()
    assert (held.token.name, held.token.role, held.ceiling) == (
        "nightly",
        "member",
        Ceiling(day=Decimal(5), in_flight=2, zone=held.ceiling.zone),
    )
    assert "Makes videos. At most $5.00 a day, 2 at once. Never used. Ends on" in page.words()
    page.at.button(key="token:copied").click().run()
    assert shown(page.fine()) == []
    assert words not in enter(MEMBER).open("settings").everything()


def test_token_when_revoked_then_it_is_off_the_list_and_refused(page):
    [words] = shown(make(page))
    [held] = of(MEMBER).tokens.all()
    page.at.button(key=f"token:revoke:{held.token.id}").click().run()
    assert "does not come in any more" in page.fine().at.toast[0].value
    assert of(MEMBER).tokens.all() == []
    with pytest.raises(TokenRefused):
        of_program(words)


def test_token_when_it_has_no_name_then_a_sentence_and_none_is_made(page):
    assert "Say what the token is for." in make(page, name=" ").words()
    assert of(MEMBER).tokens.all() == []


def test_member_when_they_choose_what_it_may_do_then_no_more_than_they_may(page):
    assert "All that an admin sees" not in page.at.selectbox(key="token:role").options


def test_viewer_when_they_open_the_settings_then_there_is_no_word_of_it(enter):
    assert "Access for programs" not in enter(VIEWER).open("settings").words()
