"""Everybody's work on Activity, which an admin may choose, end and settle."""

from __future__ import annotations

from tests.ui.people.conftest import ADMIN, MEMBER
from tests.ui.rows import add_generation

WHOSE = "activity:whose"


def buttons(page):
    return [button.label for button in page.at.button]


def test_activity_when_an_admin_chooses_everybodys_then_anothers_can_be_cancelled_and_settled(enter, studio):
    rows = studio._engine.database
    waiting, lost = (add_generation(rows, state, owner=MEMBER) for state in ("queued", "uncertain"))
    page = enter(ADMIN).open("activity")
    assert f"by {MEMBER}" not in page.words()
    page.at.segmented_control(key=WHOSE).select("Everybody's").run()
    assert page.fine().words().count(f"by {MEMBER}") == 3
    assert "Send it once more" not in buttons(page)
    page.at.button(key=f"activity:cancel:{waiting.id}").click().run()
    page.at.button(key=f"activity:not:{lost.id}").click().run()
    assert [studio.everyone.get(one.id).state for one in (waiting, lost)] == ["cancelled", "failed"]


def test_activity_when_a_member_comes_then_only_their_own_is_there_and_nothing_to_choose(enter, studio):
    add_generation(studio._engine.database, "queued", owner=MEMBER)
    page = enter("other@team.test").open("activity")
    assert not page.at.segmented_control
    assert MEMBER not in page.words()
