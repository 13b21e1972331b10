"""The gallery's cards: one component for a whole page of them. It knows no model, provider or database."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import streamlit as st
from pydantic import BaseModel, Field, ValidationError

from components.ui.browser import loader
from components.ui.browser.contract import MARKS, MOST_STARS, OPEN, TURN

Settings = tuple[tuple[str, str], ...]
MOST_PAGES = 1_000_000
"""More than any library has, so that a nonsense number reaches no query."""


@dataclass(frozen=True)
class Card:
    """A video, or a generation that has none (yet): then `message` and `hint` stand in the poster's place."""

    id: str
    href: str
    """Where it opens; empty where there is nothing to open."""
    title: str
    prompt: str
    settings: Settings
    """The two or three that tell it from others."""
    length: str
    age: str
    small: str
    """Live or sandbox, and what it cost."""
    state: str
    poster: str | None = None
    preview: str | None = None
    """A short silent film, fetched only once somebody rests on the card."""
    tall: bool = False
    markable: bool = True
    """Whether it takes stars and a heart."""
    pickable: bool = True
    """Whether it can be selected: what is under way cannot be moved anywhere."""
    favourite: bool = False
    rating: int = 0
    tags: tuple[str, ...] = ()
    note: str = ""
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Link:
    """A page that can be turned to."""

    page: int
    label: str
    href: str
    name: str
    """For those who hear the page."""


@dataclass(frozen=True)
class Pages:
    """Where among the pages the cards stand; None among the links is a gap. No links where there is one page."""

    page: int = 1
    links: Sequence[Link | None] = ()


class Mark(BaseModel):
    """One press on a card; what was not pressed is None."""

    at: int = Field(ge=0)
    """Orders the marks and tells those that were sent twice; see `seen`."""
    id: str = Field(max_length=64)
    favourite: bool | None = None
    rating: int | None = Field(default=None, ge=0, le=MOST_STARS)
    """0 takes the stars away."""
    picked: bool | None = None


class Press(BaseModel):
    """A press that leads elsewhere."""

    at: int = Field(ge=0)
    """When it was pressed. One that was sent twice carries the same moment: it is followed once."""


class Opened(Press):
    """A poster was pressed."""

    id: str = Field(min_length=1, max_length=64)


class Turned(Press):
    """Another page was asked for."""

    page: int = Field(ge=1, le=MOST_PAGES)


P = TypeVar("P", bound=Press)


class _Message(BaseModel):
    marks: list[Mark] = Field(max_length=500)


@dataclass(frozen=True)
class GridState:
    """What the cards need to know beside themselves."""

    picked: Collection[str] = ()
    """Ids of the selected ones, of this page or others."""
    seen: int = 0
    """The `at` of the newest mark that was taken in; the browser repeats newer ones."""
    save: tuple[str, str] | None = None
    """Link and name of a file that the browser is to save now."""
    pages: Pages = Pages()


def payload(cards: Sequence[Card], state: GridState) -> dict[str, Any]:
    """What the browser gets."""
    shown = [card.id for card in cards]
    return {
        "cards": [asdict(card) for card in cards],
        "picked": [one for one in shown if one in state.picked],
        "seen": state.seen,
        "save": state.save,
        "pages": asdict(state.pages),
    }


@dataclass(frozen=True)
class Callbacks:
    """Who is called back for marks, for a poster that was pressed, for another page."""

    on_marks: Callable[[], None]
    on_open: Callable[[], None]
    on_turn: Callable[[], None]


def gallery(cards: Sequence[Card], state: GridState, callbacks: Callbacks, *, key: str) -> None:
    """Shows the cards; a press shows at once in the browser.

    Args:
        cards: one page of them.
        state: what they need to know beside themselves.
        callbacks: what to do with the presses.
        key: also the name under which `new_marks`, `opened_card` and `asked_page` find what was pressed.
    """
    # A JSON string, because a nested dict makes Streamlit import pandas: 300 ms and 85 MB, once.
    data = {"json": json.dumps(payload(cards, state))}
    on_change: dict[str, Any] = {
        f"on_{MARKS}_change": callbacks.on_marks,
        f"on_{OPEN}_change": callbacks.on_open,
        f"on_{TURN}_change": callbacks.on_turn,
    }
    _component(key=key, data=data, **on_change)


def new_marks(key: str, seen: int) -> list[Mark]:
    """The marks newer than `seen`, oldest first; what no gallery of ours would send counts as none."""
    try:
        message = _Message.model_validate(_value(key, MARKS))
    except ValidationError:
        return []
    return sorted((mark for mark in message.marks if mark.at > seen), key=lambda mark: mark.at)


def opened_card(key: str) -> Opened | None:
    """The card whose poster was pressed; what no gallery of ours would send counts as none."""
    return _press(key, OPEN, Opened)


def asked_page(key: str) -> Turned | None:
    """The page that was asked for; what no gallery of ours would send counts as none."""
    return _press(key, TURN, Turned)


def _press(key: str, name: str, kind: type[P]) -> P | None:
    try:
        return kind.model_validate(_value(key, name))
    except ValidationError:
        return None


def _value(key: str, name: str) -> Any:
    state = st.session_state.get(key)
    return getattr(state, name, None) if state is not None else None


_component = st.components.v2.component("screentest_gallery", js=loader("grid"), isolate_styles=True)
