"""Who comes in and as what, how soon somebody is out, and what is noted for good."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from components.errors import InvalidRequest
from components.library.audit import Audit
from components.library.generations import Generations
from components.library.marks import Marks
from components.library.notices import NoticeAddresses
from components.library.people import Sessions
from components.library.tables import asset, audit, generation, notice_address, output, tag
from components.studio.people import KNOWN_SECONDS, Admission, People
from tests.library.videos import FACTS, add_video
from tests.team import ANN, BOB, CEM, EVE, VIC, signed_in, team

KELVIN = "\u212a"
"""Its small letter is k."""


@pytest.fixture
def settings(tmp_path):
    return team(tmp_path)


@pytest.fixture
def admission(library, settings):
    return Admission(library, settings)


@pytest.fixture
def people(library, admission):
    """As the admin has them."""
    return People(library, admission, ANN)


@pytest.fixture
def monotonic(monkeypatch):
    """A clock that a test sets, for what is known for a while."""
    now = [100.0]
    monkeypatch.setattr("components.studio.people.time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def owners(library, table):
    with library.connect() as connection:
        return set(connection.execute(sa.select(table.c.owner)).scalars())


# --- who comes in


@pytest.mark.parametrize(
    ("email", "role"),
    [
        (ANN, "admin"),
        (" Ann@TEAM.test ", "admin"),
        (BOB, "member"),
        (VIC, "viewer"),
        (EVE, None),
        ("vic@sub.team.test", None),
        ("vic@notteam.test", None),
        ("eve@else.test@team.test", None),
    ],
)
def test_person_when_the_settings_name_them_or_their_domain_then_that_is_their_role(admission, email, role):
    visitor = admission.admit(signed_in(email))
    assert (visitor.role, visitor.refusal) == (role, None if role else "unlisted")


@pytest.mark.parametrize(
    "email",
    [
        "",
        "bob",
        "bob@",
        "@team.test",
        "bob @team.test",
        "bob\0@team.test",
        "bob\n@team.test",
        "bob,ann@team.test",
        "böb@team.test",
        "bob@te\u0430m.test",
        f"bo{KELVIN}@team.test",
        "b" * 120 + "@team.test",
    ],
)
def test_person_when_their_address_is_none_or_only_looks_like_one_then_not_in_and_nothing_is_kept(
    library, admission, email
):
    visitor = admission.admit(signed_in(email))
    assert (visitor.role, visitor.refusal, admission.role(email)) == (None, "unlisted", None)
    assert Sessions(library).open() == []


def test_person_when_a_letter_of_another_alphabet_becomes_one_of_theirs_then_they_are_not_taken_for_them(
    library, tmp_path
):
    admission = Admission(library, team(tmp_path, admins=("kim@team.test",), members=()))
    assert admission.admit(signed_in("kim@team.test")).role == "admin"
    assert admission.admit(signed_in(f"{KELVIN}im@team.test")).role is None


@pytest.mark.parametrize("blank", ["", " ", "@"])
def test_nobody_when_a_list_holds_a_blank_then_still_has_no_role(library, tmp_path, blank):
    admission = Admission(library, team(tmp_path, admins=(ANN, blank), members=(blank,), viewers=(blank,)))
    assert [admission.role(email) for email in ("", blank, "x", EVE)] == [None] * 4


def test_person_when_their_address_is_not_confirmed_then_not_in_and_no_sign_in_is_noted(library, admission):
    assert admission.admit(signed_in(ANN, verified=False)).refusal == "unverified"
    assert Sessions(library).open() == []


def test_role_when_set_on_the_page_then_it_goes_before_the_domain_until_taken_back(people, admission):
    people.set_role("Bob@team.test", "out")
    assert (admission.role(BOB), admission.role(CEM)) == ("out", "member")
    assert admission.admit(signed_in(BOB)).refusal == "unlisted"
    people.set_role(BOB, "admin")
    assert admission.role(BOB) == "admin"
    people.set_role(BOB, None)
    assert admission.role(BOB) == "member"
    people.set_role(EVE, "viewer")
    assert admission.admit(signed_in(EVE)).role == "viewer"


@pytest.mark.parametrize(
    "email", [ANN, "ANN@team.test", VIC, "", "@team.test", "böb@team.test", "x" * 200 + "@y.z"]
)
def test_role_when_the_settings_name_them_or_it_is_no_address_then_the_page_cannot_set_it(
    people, admission, email
):
    with pytest.raises(InvalidRequest):
        people.set_role(email, "out")
    assert (admission.role(ANN), admission.role(VIC)) == ("admin", "viewer")


def test_people_when_listed_then_whom_the_settings_name_whom_the_page_names_and_who_came_by_domain(
    people, admission
):
    people.set_role(EVE, "viewer")
    people.set_role(CEM, "out")
    for session in ("laptop", "phone"):
        admission.admit(signed_in(BOB, session))
    told = [(one.email, one.role, one.fixed, one.signed_in and one.signed_in.browsers) for one in people.all()]
    assert told == [
        (ANN, "admin", True, None),
        ("@team.test", "member", True, None),
        (BOB, "member", False, 2),
        (EVE, "viewer", False, None),
        (VIC, "viewer", True, None),
        (CEM, "out", False, None),
    ]


# --- how soon somebody is out


def test_role_when_another_process_changes_it_then_known_here_after_a_few_seconds(
    library, settings, admission, monotonic
):
    claim = signed_in(BOB)
    assert (admission.admit(claim).role, admission.role(BOB)) == ("member", "member")
    People(library, Admission(library, settings), ANN).set_role(BOB, "out")
    monotonic[0] += KNOWN_SECONDS - 0.1
    assert (admission.admit(claim).role, admission.role(BOB)) == ("member", "member")
    monotonic[0] += 0.2
    assert (admission.admit(claim).refusal, admission.role(BOB)) == ("unlisted", "out")
    assert KNOWN_SECONDS <= 10


def test_sign_in_when_ended_then_its_copy_is_refused_at_once_and_another_one_is_not(library, settings, admission):
    kept, other = signed_in(BOB, "laptop"), signed_in(BOB, "phone")
    assert admission.admit(kept).role == admission.admit(other).role == "member"
    admission.end(kept)
    assert (admission.admit(kept).refusal, admission.admit(other).role) == ("ended", "member")
    assert Admission(library, settings).admit(kept).refusal == "ended"


def test_sign_in_when_ended_before_it_was_ever_let_in_then_it_does_not_come_back(people, admission):
    claim = signed_in(EVE)
    assert admission.admit(claim).refusal == "unlisted"
    admission.end(claim)
    people.set_role(EVE, "member")
    assert admission.admit(claim).refusal == "ended"
    assert admission.admit(signed_in(EVE, "a new one")).role == "member"


def test_sign_in_when_somebody_elses_address_comes_with_it_then_it_is_not_theirs(admission):
    admission.admit(signed_in(BOB, "laptop"))
    assert admission.admit(signed_in(ANN, "laptop")).refusal == "ended"


def test_person_when_signed_out_everywhere_then_each_browser_of_theirs_and_nobody_elses(people, admission):
    bobs, cems = [signed_in(BOB, one) for one in ("laptop", "phone")], signed_in(CEM)
    for claim in (*bobs, cems):
        admission.admit(claim)
    assert people.sign_out(" BOB@team.test") == 2
    assert [admission.admit(claim).refusal for claim in (*bobs, cems)] == ["ended", "ended", None]
    assert people.sign_out(BOB) == 0
    assert admission.admit(signed_in(BOB, "a new one")).role == "member"


# --- what was made before sign-in


def test_take_over_when_pressed_then_all_that_was_made_before_is_theirs_once(library, people, make):
    make("before", videos=2)
    make("bobs", owner=BOB)
    Marks(library, "local").add_tag(["before-0"], "keep")
    NoticeAddresses(library, "local").save("ntfy", "sealed", ["done"], words=False)
    assert people.has_before()
    assert [people.take_over(), people.has_before(), people.take_over()] == [1, False, 0]
    assert Generations(library, ANN).get("before").outputs[1].id == "before-1"
    assert [owners(library, table) for table in (generation, output, tag)] == [{ANN, BOB}, {ANN, BOB}, {ANN}]
    assert (owners(library, asset), owners(library, notice_address)) == (set(), set())


def test_take_over_when_a_video_arrives_after_it_then_it_goes_with_its_generation(library, people, add_generation):
    add_generation("g1")
    people.take_over()
    add_video(Generations(library, None), "local", "g1", 0, FACTS)
    assert Generations(library, ANN).output("g1-0").id == "g1-0"


# --- what was done


@pytest.mark.parametrize("change", [sa.update(audit).values(person=EVE), sa.delete(audit)])
def test_audit_when_somebody_would_change_it_then_the_database_refuses(library, change):
    Audit(library).add(ANN, "signed in")
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), library.begin() as connection:
        connection.execute(change)
    assert [one.person for one in Audit(library).newest(9)] == [ANN]


def test_audit_when_people_come_in_then_each_sign_in_stands_there_once_and_pages_go_back(people, admission):
    for claim in (signed_in(BOB), signed_in(BOB), signed_in(EVE), signed_in(CEM)):
        admission.forget()
        admission.admit(claim)
    newest = people.audit()
    assert [(one.person, one.action) for one in newest] == [(CEM, "signed in"), (BOB, "signed in")]
    assert [one.person for one in people.audit(before=newest[0].id)] == [BOB]
    assert people.audit_csv().splitlines()[1].endswith(f"+00:00,{CEM},signed in,")
