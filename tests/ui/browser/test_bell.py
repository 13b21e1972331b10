"""What Python gives to the bell and to a page that watches: a pass, what ended, what was drawn."""

from __future__ import annotations

import pytest

from components.ui.browser.live import poll_seconds
from tests.ui.screen import Screen

PAGES = ("humo", "bhuman", "settings", "activity")


def given(screen: Screen, name: str) -> dict:
    [one] = screen.components(f"screentest_{name}")
    return one


@pytest.mark.parametrize("page", PAGES)
def test_bell_when_a_page_is_open_then_is_in_its_frame_once_with_a_good_pass(home, studio, page):
    token = given(home.open(page), "bell")["pass"]
    assert studio.live.until(token)


def test_bell_when_work_ended_then_lists_it_newest_first_and_says_no_word_of_it(studio, add):
    add("running", prompt="a secret wish")
    add("cancelled", prompt="a secret wish")
    ended = [add(state, prompt="a secret wish") for state in ("done", "failed", "uncertain")]
    sent = given(Screen(), "bell")
    assert [item["id"] for item in sent["items"]] == [one.id for one in reversed(ended)]
    assert sent["items"][-1]["href"] == f"/gallery?output={ended[0].outputs[0].id}"
    assert sent["items"][0]["href"] == "/activity"
    assert "secret" not in str(sent)


def test_bell_when_a_visit_goes_on_then_sends_the_same_so_that_the_browser_is_not_called(home, add):
    before = given(home, "bell")
    add("done")
    assert given(home.again(), "bell") == before


def test_model_page_when_drawn_then_says_what_is_on_it_and_from_when(humo, add):
    made = add("running")
    sent = given(humo.again(), "watch")
    assert sent["seen"] == {made.id: made.changed_at}
    assert sent["at"] > made.changed_at
    assert (sent["model"], sent["waiting"], sent["pushed"]) == (made.model, True, False)


def test_model_page_when_empty_then_watches_for_the_first(humo):
    assert (given(humo, "watch")["seen"], given(humo, "watch")["waiting"]) == ({}, False)


def test_page_when_it_is_told_of_changes_then_does_not_look_by_itself(monkeypatch):
    state: dict[str, bool] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    assert (poll_seconds(False), poll_seconds(True) is not None) == (None, True)
    state["live:pushed"] = True
    assert poll_seconds(True) is None
