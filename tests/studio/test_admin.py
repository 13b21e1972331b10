"""What an admin does with what somebody else made: end it, settle it; never spend for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components import studio as studios
from components.errors import CannotSettle, NotAllowed, NotFound
from components.library.generations import Generations
from components.studio import open_studio
from tests.team import ANN, BOB, CEM, VIC, team
from tests.ui.rows import add_generation

HUMO = "segmind/humo"


@pytest.fixture
def rows(tmp_path) -> Iterator[Generations]:
    """Bob's, in a studio that is open."""
    with open_studio(team(tmp_path / "data")) as running:
        yield Generations(running._engine.database, BOB)


def made(rows: Generations, state: str) -> str:
    """One of Bob's in this state, of which no job knows."""
    with rows._engine.begin() as connection:
        rows.insert(connection, id=state, model=HUMO, parameters={"prompt": "x"}, sandbox=True)
    if state != "queued":
        rows.move(state, "queued", state)
    return state


def test_cancel_when_an_admin_presses_then_it_is_cancelled_and_the_audit_says_by_whom(rows):
    waiting = made(rows, "queued")
    assert studios.of(ANN).generations.cancel(waiting).state == "cancelled"
    assert rows.get(waiting).owner == BOB
    [entry] = [one for one in studios.of(ANN).people.audit() if one.action == "cancelled"]
    assert (entry.person, entry.about) == (ANN, f"{waiting}, of {BOB}")


def test_doubt_when_an_admin_settles_it_then_it_is_closed_and_sending_again_stays_its_owners(rows):
    lost, anns = made(rows, "uncertain"), studios.of(ANN)
    assert [one.id for one in anns.seen.doubtful()] == [lost]
    with pytest.raises(CannotSettle, match="Only its owner"):
        anns.ways_out.send_again(lost)
    assert anns.ways_out.not_made(lost).state == "failed"
    assert (rows.doubtful(), len(rows.recent())) == ([], 1)


@pytest.mark.parametrize(("who", "refused"), [(CEM, NotFound), (VIC, NotAllowed)])
def test_act_when_somebody_else_tries_then_there_is_nothing_of_the_kind(rows, who, refused):
    waiting, lost = made(rows, "queued"), made(rows, "uncertain")
    theirs = studios.of(who)
    for act, about in ((theirs.generations.cancel, waiting), (theirs.ways_out.not_made, lost)):
        with pytest.raises(refused):
            act(about)
    assert (rows.get(waiting).state, rows.get(lost).state) == ("queued", "uncertain")


def test_audit_when_an_admin_puts_away_several_peoples_then_it_says_whose_besides_her_own(rows):
    anns = studios.of(ANN)
    ids = [add_generation(rows._engine, "done", owner=owner).outputs[0].id for owner in (ANN, BOB, CEM)]
    for act in (anns.gallery.delete, anns.gallery.restore):
        act(ids)
    anns.gallery.share(ids[:1], True)
    anns.gallery.share(ids[1:], True)
    told = [(one.action, one.about) for one in anns.people.audit()[:4]]
    assert told == [
        ("shared", f"2 videos, of {BOB}, {CEM}"),
        ("shared", ids[0]),
        ("restored", f"3 videos, of {BOB}, {CEM}"),
        ("deleted", f"3 videos, of {BOB}, {CEM}"),
    ]
