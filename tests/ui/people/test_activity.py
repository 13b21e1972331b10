"""Everybody's work on Activity, which an admin may choose, end and settle."""

from __future__ import annotations

import streamlit as st

from components.ui.browser.live import SLOW
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


def test_activity_when_it_shows_everybodys_then_it_asks_for_others_work_while_nothing_is_under_way_too(
    enter, studio, monkeypatch
):
    periods, fragment = [], st.fragment
    monkeypatch.setattr(st, "fragment", lambda part, run_every: periods.append(run_every) or fragment(part))
    page = enter(ADMIN).open("activity")
    page.at.segmented_control(key=WHOSE).select("Everybody's").run()
    page.fine()
    assert (periods[0], periods[-1]) == (None, SLOW)


def test_ended_when_it_is_anothers_then_whose_it_is_stands_where_a_narrow_screen_shows_it(enter, studio):
    add_generation(studio._engine.database, "cancelled", owner=MEMBER)
    page = enter(ADMIN).open("activity")
    page.at.segmented_control(key=WHOSE).select("Everybody's").run()
    first = page.fine().everything().partition("<tr><td>")[2].partition("</td>")[0]
    assert f"by {MEMBER}" in first


def test_activity_when_a_member_comes_then_only_their_own_is_there_and_nothing_to_choose(enter, studio):
    add_generation(studio._engine.database, "queued", owner=MEMBER)
    page = enter("other@team.test").open("activity")
    assert not page.at.segmented_control
    assert MEMBER not in page.words()
