"""The page People: whom an admin sees and lets in, changes, takes out; and what all others are told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from streamlit import error_util

from components.library.records import View
from components.studio import TEAM, of
from components.ui.frame import unexpected, visitor
from components.ui.frame.places import PEOPLE, SETTINGS
from tests.ui.people.conftest import ADMIN, MEMBER, VIEWER
from tests.ui.rows import add_generation
from tests.ui.screen import Screen

EVE = "eve@else.test"
PEOPLE_TAB, AUDIT_TAB = 0, 2


def let_in(page: Screen, email: str, role: str = "member") -> Screen:
    page.at.text_input(key="people:email").set_value(email)
    page.at.selectbox(key="people:role").set_value(role)
    next(button for button in page.at.button if button.label == "Let in").click().run()
    return page.fine()


def press(page: Screen, act: str) -> Screen:
    page.at.button(key=f"people:{act}").click().run()
    return page.fine()


def sign_in(studio, email: str, *browsers: str) -> None:
    for browser in browsers:
        studio.admission._sessions.begin(browser, email)


def labels(page: Screen) -> list[str]:
    return [button.label for button in page.at.button]


def test_navigation_when_drawn_then_only_an_admin_of_a_team_has_the_page(studio):
    assert [PEOPLE.is_for(of(email).person) for email in (ADMIN, MEMBER, VIEWER)] == [True, False, False]
    assert not PEOPLE.is_for(studio.person)  # whom nobody signed in
    assert all(SETTINGS.is_for(of(email).person) for email in (ADMIN, MEMBER, VIEWER))


def test_page_when_an_admin_opens_it_then_everybody_and_whence_their_role_is_told(page):
    said = page.words()
    assert f"{ADMIN} you" in " ".join(said.split())
    assert "Everybody at team.test" in said
    for name in ("STUDIO_ADMINS", "STUDIO_MEMBERS", "STUDIO_VIEWERS"):
        assert f"Named in the settings ({name}); change it there." in said
    assert "Take out" not in labels(page)


@pytest.mark.parametrize("email", [MEMBER, VIEWER])
def test_page_when_anybody_else_opens_it_then_a_sentence_and_no_name(enter, email):
    said = enter(email).open("people").words()
    assert "Only the admins of this studio see its people." in said
    assert ADMIN not in said


def test_person_when_let_in_then_listed_with_the_role_and_the_field_is_empty(page, studio):
    let_in(page, EVE, "viewer")
    assert studio.admission.role(EVE) == "viewer"
    assert page.at.selectbox(key=f"people:role:{EVE}").value == "viewer"
    assert page.at.text_input(key="people:email").value == ""
    assert f"{EVE} comes in as viewer." in page.at.toast[0].value.replace("\\", "")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("eve", "eve is no e-mail address."),
        ("", "Nothing is no e-mail address."),
        (VIEWER, f"{VIEWER} is named in the settings"),
        (ADMIN.upper(), "That is you"),
    ],
)
def test_person_when_the_address_does_not_fit_then_told_beside_it(page, studio, given, told):
    assert f"To correct: {told}" in " ".join(let_in(page, given).words().split())
    assert page.at.text_input(key="people:email").value == given
    assert not studio.admission.listed._rows.all()


def test_role_when_changed_then_it_holds_at_once(page, studio):
    let_in(page, EVE)
    page.at.selectbox(key=f"people:role:{EVE}").set_value("admin").run()
    assert studio.admission.role(EVE) == "admin"


def test_person_when_taken_out_then_out_and_signed_out_until_let_in_again(page, studio):
    sign_in(studio, MEMBER, "one", "two")
    assert "Last came in just now." in page.again().words()
    press(page, f"out:{MEMBER}")
    assert studio.admission.role(MEMBER) == "out"
    assert not studio.admission._sessions.is_open("one", MEMBER)
    page.at.selectbox(key=f"people:again:{MEMBER}").set_value("viewer").run()
    assert studio.admission.role(MEMBER) == "viewer"


def test_person_when_off_the_list_then_the_settings_decide(page, studio):
    let_in(page, EVE)
    press(page, f"out:{EVE}")
    press(page, f"forget:{EVE}")
    assert EVE not in page.words(PEOPLE_TAB)
    assert studio.admission.role(EVE) is None


def test_sign_ins_when_people_sign_in_here_then_their_browsers_are_counted(page, studio, monkeypatch):
    monkeypatch.setattr(visitor, "way_in", lambda: "oidc")
    sign_in(studio, MEMBER, "one", "two")
    sign_in(studio, VIEWER, "three")
    said = page.again().words(PEOPLE_TAB)
    assert "Signed in with 2 browsers, the last just now." in said
    assert "Signed in just now." in said


def test_sign_ins_when_ended_then_none_is_open_and_the_role_stays(page, studio):
    sign_in(studio, VIEWER, "one", "two")
    press(page.again(), f"sign-out:{VIEWER}")
    assert not any(studio.admission._sessions.is_open(browser, VIEWER) for browser in ("one", "two"))
    assert studio.admission.role(VIEWER) == "viewer"
    assert "Sign out" not in labels(page)


def test_admin_when_they_look_at_themselves_then_cannot_lock_themselves_out(page, enter):
    let_in(page, EVE, "admin")
    own = enter(EVE).open("people")
    assert "Another admin can change what you are." in own.words()
    assert f"people:out:{EVE}" not in [button.key for button in own.at.button]


def test_press_when_they_are_no_admin_any_more_then_a_sentence_and_nothing_changed(
    page, enter, studio, as_admin, monkeypatch
):
    real = error_util.invoke_script_error_handler
    monkeypatch.setattr(error_util, "invoke_script_error_handler", lambda error, _: real(error, unexpected.show))
    let_in(page, EVE, "admin")
    own = enter(EVE).open("people")
    as_admin.people.set_role(EVE, "member")
    let_in(own, "guest@else.test")
    assert "Only an admin of this studio may do that" in own.at.error[0].value
    assert studio.admission.role("guest@else.test") is None


def test_people_when_they_are_many_then_found_by_their_address(page, studio, as_admin):
    for number in range(12):
        as_admin.people.set_role(f"guest{number}@else.test", "viewer")
    page.again().at.text_input(key="people:find").set_value("GUEST11").run()
    said = page.fine().words(PEOPLE_TAB)
    assert "guest11@else.test" in said
    assert "guest1@else.test" not in said
    page.at.text_input(key="people:find").set_value("nobody").run()
    assert "Nobody's address holds these letters." in page.words()


def test_what_was_made_before_when_taken_over_then_the_admins_and_no_more_offered(page, studio, as_admin):
    assert "Take them over" not in page.everything()
    add_generation(studio._engine.database, "done")
    assert "made before people signed in" in page.again().words()
    press(page, "take-over")
    assert "1 generation and all files are yours now." in page.at.toast[0].value.replace("\\", "")
    assert as_admin.gallery.count(View()) == 1
    assert "made before people signed in" not in page.again().words()


def keep(page: Screen, whose: str, **limits: float | None) -> Screen:
    page.at.selectbox(key="people:limits").set_value(whose).run()
    for name, value in limits.items():
        page.at.number_input(key=f"people:limits:{whose}:{name}").set_value(value)
    next(button for button in page.at.button if button.label == "Keep these limits").click().run()
    return page.fine()


def test_limits_when_kept_for_one_and_for_all_then_each_holds_apart_and_can_be_taken_away(page, as_admin):
    keep(page, TEAM, month=40.0)
    keep(page, ADMIN, day=6.2, in_flight=3)
    assert as_admin.ceilings.of(TEAM).month == Decimal(40)
    assert as_admin.ceilings.of(ADMIN).model_dump(exclude={"zone"}) == {
        "day": Decimal("6.2"),
        "month": None,
        "in_flight": 3,
    }
    for whose, name in ((TEAM, "month"), (ADMIN, "day"), (ADMIN, "in_flight")):
        keep(page, whose, **{name: None})
    assert not as_admin.ceilings.rooms()
    assert "changed a limit" in page.again().words(AUDIT_TAB)


def test_limits_when_chosen_whose_then_no_viewer_and_no_domain_is_offered(page):
    assert page.at.selectbox(key="people:limits").options == ["Everybody together", ADMIN]


def test_audit_when_something_was_done_then_who_what_and_about_whom_the_last_first(page, studio):
    let_in(page, EVE)
    press(page, f"out:{EVE}")
    said = page.words(AUDIT_TAB)
    assert said.index(f"{EVE}: out") < said.index(f"{EVE}: member")
    assert "changed a role" in said


def test_audit_when_it_is_long_then_turned_page_by_page(page, as_admin):
    for number in range(60):
        as_admin.people.sign_out(f"number{number}@else.test")
    assert "number59@" in page.again().words()
    press(page, "audit-earlier")
    said = page.words(AUDIT_TAB)
    assert "number5@" in said
    assert "number59@" not in said
    press(page, "audit-newest")
    assert "number59@" in page.words()
