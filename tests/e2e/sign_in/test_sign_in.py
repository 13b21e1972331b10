"""A team in real browsers at a real provider: who comes in, what each sees, and how soon somebody is out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from components.library.people import People
from tests.attack.visits import is_in
from tests.browser import watched
from tests.e2e.person import Person
from tests.e2e.sign_in.conftest import Visit
from tests.oidc_server import UNA
from tests.team import ANN, BOB, CEM, EVE

pytestmark = pytest.mark.browser


def test_video_when_an_admin_makes_it_then_a_member_sees_nothing_of_it(visit, server):
    anns, bobs = visit(), visit()
    anns.signs_in(ANN)
    expect(anns.page.get_by_text(f"{ANN} · Admin")).to_be_visible()
    ann = Person(anns.page, server)
    ann.opens()
    ann.fills_in()
    ann.generate.click()
    ann.sees_ready(1)
    film = anns.page.locator(".tile video").evaluate("(video) => video.currentSrc")

    bobs.signs_in(BOB)
    expect(bobs.page.get_by_text(f"{BOB} · Member")).to_be_visible()
    bob = Person(bobs.page, server)
    bob.opens()
    bob.calm()
    expect(bob.videos).to_have_count(0)
    for person, cards in ((ann, 1), (bob, 0)):
        person.opens("gallery")
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        person.calm()
        expect(person.page.locator(".card")).to_have_count(cards)
    assert [one.context.request.get(film).status for one in (anns, bobs)] == [200, 404]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        (EVE, f"You are {EVE}, and nobody has let you in yet. Ask an admin of this studio."),
        (UNA, f"Your provider does not confirm that {UNA} is your address."),
    ],
)
def test_person_when_not_let_in_then_told_why_and_how_to_go_on(visit, email, sentence):
    theirs = visit()
    theirs.signs_in(email)
    theirs.is_asked_to_sign_in(sentence)
    theirs.page.get_by_role("button", name="Use another account").click()
    theirs.page.get_by_role("button", name="End session").click()
    theirs.page.wait_for_url(f"{theirs.server.url}/**")
    expect(theirs.page.get_by_role("button", name="Sign in")).to_be_visible()


def test_sign_out_when_made_in_one_tab_then_the_others_are_out_soon_and_so_is_a_copy_of_the_cookie(visit, server):
    theirs = visit()
    theirs.signs_in(BOB)
    expect(theirs.page.get_by_role("button", name="Sign out")).to_be_visible()
    with watched(theirs.context) as page:
        other = Visit(page, server, theirs.provider)
        Person(page, server).opens()
        copy = theirs.cookies()
        assert is_in(server, copy)
        theirs.signs_out()
        theirs.is_asked_to_sign_in("Sign in to see your own work.")
        assert not is_in(server, copy)
        other.is_asked_to_sign_in("Sign in to see your own work.")


def test_page_when_its_person_is_taken_out_then_it_asks_to_sign_in_and_says_why(visit, database):
    theirs = visit()
    theirs.signs_in(CEM)
    Person(theirs.page, theirs.server).opens()
    People(database).set(CEM, "out")
    try:
        theirs.is_asked_to_sign_in(f"You are {CEM}, and nobody has let you in yet.")
    finally:
        People(database).forget(CEM)
