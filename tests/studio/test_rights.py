"""What each role may do, held against every method that there is; and that nothing stands beside the rights."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from components import studio as studios
from components.errors import InvalidRequest, NotAllowed
from components.library.records import Ceiling
from components.settings import ROOT, Settings
from components.studio import Studio, open_studio
from components.studio.person import REFUSALS
from components.studio.rights import RIGHTS
from tests.sandbox_server import SandboxServer
from tests.studio.belongings import NOTHING, snapshot
from tests.studio.walk import attempt, methods
from tests.team import ANN, BOB, CEM, EVE, VIC, team

OWN = {"preferences": {"tagging"}, "live": {"token"}}
"""A person's own switch, and a pass that is looked at together with who they are when it is used."""
OF_THE_SERVER = {"comparisons": {"close"}, "ceilings": {"rows", "all", "token"}}
"""What the studio's own parts call of each other."""
SHORT = {
    "add_asset": ("assets", "add"),
    "submit": ("generations", "submit"),
    "wait": ("generations", "wait"),
    "copy_output": ("outputs", "copy"),
}
PLAIN = {"settings", "person", "has_workers"}
EVERYBODYS = {"everyone", "admission", "figures", "readiness", "cleaning", "webhooks"}
"""What a server has whoever looks at it; no page may touch it."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return team(tmp_path_factory.mktemp("rights") / "data")


@pytest.fixture(scope="module")
def server(settings: Settings, session_sandbox: SandboxServer) -> Iterator[Studio]:
    """What is live goes to the sandbox: a person who may make things may bring a key."""
    with open_studio(settings.model_copy(update={"gateway": session_sandbox.url})) as running:
        yield running


def refused(right: str) -> str:
    return repr((NotAllowed.__name__, f"{REFUSALS[right]} Ask an admin."))


def public(one: object) -> set[str]:
    return {name for name in (*dir(type(one)), *vars(one)) if not name.startswith("_")}


# --- nothing stands beside the rights


def test_subjects_when_all_that_they_offer_is_listed_then_each_has_a_right_or_a_reason(server):
    beside = {
        name: public(getattr(server, name)) - set(acts) - OWN.get(name, set()) - OF_THE_SERVER.get(name, set())
        for name, acts in RIGHTS.items()
    }
    assert {name: rest for name, rest in beside.items() if rest} == {}


def test_studio_when_all_that_it_offers_is_listed_then_subjects_their_short_forms_and_nothing_else(server):
    assert public(server) == {*RIGHTS, *SHORT, *PLAIN, *EVERYBODYS}
    cems = studios.of(CEM)
    assert all(getattr(cems, short) is getattr(getattr(cems, one), name) for short, (one, name) in SHORT.items())


def test_pages_when_read_then_none_touches_what_is_everybodys_or_the_servers():
    found = []
    for path in sorted((ROOT / "components" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                inner = node.value.attr if isinstance(node.value, ast.Attribute) else ""
                if node.attr in EVERYBODYS or node.attr in OF_THE_SERVER.get(inner, set()):
                    found.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
    assert found == []


# --- what each role may do


@pytest.mark.parametrize(
    ("email", "rights"),
    [
        (VIC, ("make", "administer")),
        (BOB, ("administer",)),
        (EVE, ("look", "make", "administer")),
        ("", ("look", "make", "administer")),
    ],
)
def test_person_when_they_call_what_their_role_does_not_allow_then_refused_and_nothing_changes(
    server, tmp_path, email, rights
):
    before, target = snapshot(server), tmp_path / "copy.mp4"
    tried = [(right, one) for right in rights for one in methods(right)]
    wrong = [one for right, one in tried if call(email, one, target) != refused(right)]
    assert (wrong, snapshot(server) == before, target.exists()) == ([], True, False)
    assert len(tried) > 5


@pytest.mark.parametrize(("email", "right"), [(VIC, "look"), (BOB, "make"), (ANN, "administer")])
def test_person_when_they_call_what_their_role_allows_then_not_refused(server, tmp_path, email, right):
    target = tmp_path / "copy.mp4"
    assert [one for one in methods(right) if call(email, one, target) == refused(right)] == []


def test_person_when_taken_out_while_they_hold_a_studio_then_it_does_nothing_more_for_them(server, tmp_path):
    theirs = studios.of(CEM)
    assert theirs.generations.recent() == []
    studios.of(ANN).people.set_role(CEM, "out")
    assert [one for one in methods() if "NotAllowed" not in call(CEM, one, tmp_path / "copy.mp4")] == []
    studios.of(ANN).people.set_role(CEM, None)
    assert theirs.generations.recent() == []


def call(email: str, one: tuple[str, str], target: Path) -> str:
    return attempt(studios.of(email), *one, NOTHING, target)


# --- what is noted


def test_audit_when_people_do_what_counts_then_who_did_what_to_what_stands_there(server):
    anns = studios.of(ANN)
    anns.people.set_role(email=EVE, role="viewer")
    anns.people.set_role(EVE, role=None)
    anns.ceilings.set(ceiling=Ceiling(in_flight=2))
    anns.accounts.keep_key(secrets={"segmind_api_key": "SG_secret"}, provider="segmind")
    told = [(one.person, one.action, one.about) for one in anns.people.audit()[:4]]
    assert told == [
        (ANN, "changed a key", "segmind"),
        (ANN, "changed a limit", "2 at once"),
        (ANN, "changed a role", f"{EVE}: what the settings say"),
        (ANN, "changed a role", f"{EVE}: viewer"),
    ]


def test_audit_when_what_was_wanted_did_not_come_about_then_nothing_is_noted(server):
    anns = studios.of(ANN)
    before = anns.people.audit()
    with pytest.raises(InvalidRequest):
        anns.people.set_role(ANN, "out")
    assert anns.people.audit() == before


def test_deed_when_it_cannot_be_noted_then_it_is_done_all_the_same(server, monkeypatch):
    def full(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("components.library.audit.Audit.add", full)
    studios.of(ANN).ceilings.set(Ceiling(in_flight=3))
    assert studios.of(ANN).ceilings.get().in_flight == 3
