"""Owns what the gallery keeps for a visitor: filters in the address, the selection, what can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from components.library.records import Space, View
from components.ui.frame import visitor
from components.ui.gallery import address
from components.ui.gallery.address import OUTPUT, Place

MOST_PICKED = 500


def key(name: str) -> str:
    """The session key of a widget or a value of the gallery."""
    return f"gallery:{name}"


def usual_space() -> Space:
    """Whose cards are shown at first: whoever makes none has come for the team's."""
    return "mine" if visitor.studio().person.may("make") else "team"


def place() -> Place:
    """What the address asks for."""
    return address.place(st.query_params.get_all, visitor.zone(), usual_space())


def go(there: Place) -> None:
    """Leads to other cards by way of the address, so that the browser's Back leads back. Undo ends with it."""
    st.query_params.from_dict(address.address(there, usual_space()))
    forget_deleted()


def go_to_page(page: int) -> None:
    go(replace(place(), page=page))


def filter_by(**changes: Any) -> None:
    """Changes filters; the cards begin at the first page again."""
    go(Place(place().view.model_copy(update=changes)))


def clear_filters() -> None:
    """All but the order, and whose they are."""
    now = place().view
    go(Place(View(sort=now.sort, space=now.space)))


def open_output(output_id: str) -> None:
    """Shows one output; `back` leads to the cards as they are now."""
    if st.query_params.get(OUTPUT) == output_id:
        return  # a press that came twice; the address once more would be a step back that leads nowhere
    remember()
    st.query_params.from_dict({OUTPUT: output_id})


def remember() -> None:
    """Keeps the way back from one output to these cards."""
    st.session_state[key("back")] = address.address(place(), usual_space())


def go_back() -> None:
    """To the cards that were seen last."""
    st.query_params.from_dict(st.session_state.get(key("back"), {}))


def is_first(press: int) -> bool:
    """Whether this press on a card or a page was not followed yet.

    The browser sends it again when nothing seems to come of it. That can arrive after the person has gone back,
    and would take them away again.
    """
    if st.session_state.get(key("followed")) == press:
        return False
    st.session_state[key("followed")] = press
    return True


# --- the selection, in the order in which it was made


def picked() -> list[str]:
    return list(st.session_state.get(key("picked"), ()))


def pick(output_id: str, value: bool) -> None:
    kept = [one for one in picked() if one != output_id]
    st.session_state[key("picked")] = ([*kept, output_id] if value else kept)[:MOST_PICKED]


def clear_picked() -> None:
    st.session_state[key("picked")] = []


def seen() -> int:
    """The moment of the newest mark that was taken in."""
    return int(st.session_state.get(key("seen"), 0))


def set_seen(moment: int) -> None:
    st.session_state[key("seen")] = moment


# --- what can be undone


def deleted() -> list[str]:
    """What the last press put into the bin; empty once anything else was done."""
    return list(st.session_state.get(key("undoable"), ()))


def set_deleted(ids: Sequence[str]) -> None:
    st.session_state[key("undoable")] = list(ids)


def forget_deleted() -> None:
    set_deleted(())


# --- a file that was packed


def packed() -> tuple[str, str] | None:
    """Link and name of the ZIP of this very selection, if it was made."""
    known, link, name = st.session_state.get(key("packed"), ((), "", ""))
    return (link, name) if link and known == tuple(picked()) else None


def set_packed(ids: Iterable[str], link: str, name: str) -> None:
    st.session_state[key("packed")] = (tuple(ids), link, name)
    st.session_state[key("save")] = (link, name)


def take_save() -> tuple[str, str] | None:
    """The file that the browser is to save now; it is told once."""
    found: tuple[str, str] | None = st.session_state.pop(key("save"), None)
    return found


# --- a tag that not all of the selection could take


def set_full(count: int) -> None:
    st.session_state[key("full")] = count


def take_full() -> int:
    """How many could not take the last tag; told once."""
    return int(st.session_state.pop(key("full"), 0))


# --- the whole page


def redraw() -> None:
    """Asks for the filters to be drawn again too, where only the cards would be."""
    st.session_state[key("redraw")] = True


def wants_redraw() -> bool:
    """Told once."""
    return bool(st.session_state.pop(key("redraw"), False))
