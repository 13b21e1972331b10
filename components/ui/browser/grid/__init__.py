"""The gallery's cards: one component for a whole page of them. It knows no model, provider or database."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st
from pydantic import BaseModel, Field, ValidationError

from components.ui.browser import loader
from components.ui.browser.contract import MOST_STARS

Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """A video, or a generation that has none (yet): then `say` and `hint` stand in the poster's place."""

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
    say: str = ""
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


class _Message(BaseModel):
    marks: list[Mark] = Field(max_length=500)


@dataclass(frozen=True)
class Told:
    """What the cards need to know beside themselves."""

    picked: Collection[str] = ()
    """Ids of the selected ones, of this page or others."""
    seen: int = 0
    """The `at` of the newest mark that was taken in; the browser repeats newer ones."""
    save: tuple[str, str] | None = None
    """Link and name of a file that the browser is to save now."""
    pages: Pages = Pages()


def payload(cards: Sequence[Card], told: Told) -> dict[str, Any]:
    """What the browser gets."""
    shown = [card.id for card in cards]
    return {
        "cards": [asdict(card) for card in cards],
        "picked": [one for one in shown if one in told.picked],
        "seen": told.seen,
        "save": told.save,
        "pages": asdict(told.pages),
    }


@dataclass(frozen=True)
class Calls:
    """Who is called back for marks, for a poster that was pressed, for another page."""

    marks: Callable[[], None]
    opened: Callable[[], None]
    turned: Callable[[], None]


def gallery(cards: Sequence[Card], told: Told, calls: Calls, *, key: str) -> None:
    """Shows the cards; a press shows at once in the browser.

    Args:
        cards: one page of them.
        told: what they need to know beside themselves.
        calls: what to do with the presses.
        key: also the name under which `marks`, `opened` and `turned` find what was pressed.
    """
    # A JSON string, because a nested dict makes Streamlit import pandas: 300 ms and 85 MB, once.
    data = {"json": json.dumps(payload(cards, told))}
    _component(
        key=key,
        data=data,
        on_marks_change=calls.marks,
        on_open_change=calls.opened,
        on_turn_change=calls.turned,
    )


def marks(key: str, seen: int) -> list[Mark]:
    """The marks newer than `seen`, oldest first; what no gallery of ours would send counts as none."""
    try:
        message = _Message.model_validate(_told(key, "marks"))
    except ValidationError:
        return []
    return sorted((mark for mark in message.marks if mark.at > seen), key=lambda mark: mark.at)


def opened(key: str) -> str | None:
    """The id of the card whose poster was pressed."""
    told = _told(key, "open")
    return told if isinstance(told, str) and 0 < len(told) <= 64 else None


def turned(key: str) -> int | None:
    """The page that was asked for."""
    told = _told(key, "turn")
    return told if isinstance(told, int) and 0 < told < 10**6 else None


def _told(key: str, name: str) -> Any:
    state = st.session_state.get(key)
    return getattr(state, name, None) if state is not None else None


_component = st.components.v2.component("screentest_gallery", js=loader("grid"), isolate_styles=True)
