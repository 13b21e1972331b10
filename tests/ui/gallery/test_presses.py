"""What the browser tells of presses on the cards: none counts twice, and no nonsense counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from components.ui.browser.grid import asked_page, new_marks, opened_card
from components.ui.gallery import marks as gallery_marks
from components.ui.gallery import state as gallery_state


class Address:
    """The address of one tab."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.told.get(name)

    def from_dict(self, told: dict[str, str]) -> None:
        self.told = told


@dataclass
class Session:
    """A visit: what Streamlit keeps of it, and where its tab is."""

    state: dict[str, object] = field(default_factory=dict)
    address: Address = field(default_factory=Address)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    visit = Session()
    monkeypatch.setattr("components.ui.gallery.state.remember", lambda: None)
    monkeypatch.setattr("components.ui.gallery.state.st.query_params", visit.address)
    for module in ("browser.grid", "gallery.state"):
        monkeypatch.setattr(f"components.ui.{module}.st.session_state", visit.state)
    return visit


@pytest.mark.parametrize(
    "told",
    [
        None,
        "x",
        {},
        {"marks": "x"},
        {"marks": [{"at": -1, "id": "a"}]},
        {"marks": [{"at": 1, "id": "a", "rating": 6}]},
        {"marks": [{"at": 1, "id": "a" * 65}]},
        {"marks": [{"at": 1, "id": "a"}] * 501},
    ],
)
def test_marks_when_no_gallery_of_ours_would_send_them_then_none_count(session, told):
    session.state["k"] = SimpleNamespace(marks=told)
    assert new_marks("k", 0) == []


def test_marks_when_they_come_twice_then_they_count_once_in_the_order_of_the_presses(session, studio, fill):
    [one] = fill(1, marked=False)
    sent = [
        {"at": 5, "id": one, "rating": 2},
        {"at": 4, "id": one, "rating": 5},
        {"at": 3, "id": one, "picked": True},
    ]
    session.state[gallery_marks.KEY] = SimpleNamespace(marks={"marks": sent})
    gallery_marks.take_marks(studio)
    assert studio.gallery.entry(one).output.rating == 2
    assert (gallery_state.picked(), gallery_state.seen()) == ([one], 5)
    studio.gallery.rate([one], 4)
    gallery_marks.take_marks(studio)
    assert studio.gallery.entry(one).output.rating == 4


def test_poster_when_its_press_comes_again_after_going_back_then_the_cards_stay(session):
    session.state[gallery_marks.KEY] = SimpleNamespace(open={"id": "one", "at": 7})
    gallery_marks.open_card()
    assert session.address.told == {"output": "one"}
    session.address.told = {}
    gallery_marks.open_card()
    assert session.address.told == {}
    session.state[gallery_marks.KEY] = SimpleNamespace(open={"id": "one", "at": 8})
    gallery_marks.open_card()
    assert session.address.told == {"output": "one"}


@pytest.mark.parametrize("told", [None, 3, "x", {}, {"at": 1}, {"id": "", "at": 1}, {"id": "x" * 65, "at": 1}])
def test_poster_when_no_gallery_of_ours_would_send_the_press_then_none_is_opened(session, told):
    session.state["k"] = SimpleNamespace(open=told)
    assert opened_card("k") is None


@pytest.mark.parametrize("told", [None, 3, {}, {"at": 1}, {"page": 0, "at": 1}, {"page": 10**6 + 1, "at": 1}])
def test_page_when_no_gallery_of_ours_would_ask_for_it_then_none_is_turned_to(session, told):
    session.state["k"] = SimpleNamespace(turn=told)
    assert asked_page("k") is None
