"""The gallery's filter bar: every control leads to another address, and shows what the address says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import streamlit as st

from components.catalog import MODELS
from components.library.records import Sort, Space, View
from components.studio import Studio
from components.ui.frame import notices, states
from components.ui.gallery import address
from components.ui.gallery import state as gallery_state
from components.ui.gallery.address import FIRST_DAY, LAST_DAY, LONGEST_TEXT, PROVIDERS, SORTS, SPACES, STATES
from components.ui.gallery.state import key

SORT_WORDS: dict[Sort, str] = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "rating": "Best rated",
    "longest": "Longest",
    "cost": "Dearest",
}
STATE_NAMES: dict[str, str] = {
    state: (states.UNDER_WAY if state == "running" else states.word(state)).capitalize() for state in STATES
}
"""`running` stands for all that are under way."""
SPACE_WORDS: dict[Space, str] = {"mine": "Mine", "team": "Team", "all": "Everybody's"}
NAMES = {
    "text": "text",
    "models": "model",
    "providers": "provider",
    "states": "state",
    "rating": "rating",
    "favourite": "favourite",
    "tags": "tag",
    "since": "from",
    "until": "to",
    "space": "space",
    "sort": "sort",
    "deleted": "deleted",
}
"""The filters of a view, and the names of their controls."""
LISTS = ("models", "providers", "states", "tags")


def filter_bar(studio: Studio, view: View) -> None:
    """The controls, then what is filtered by, each to be taken away with one press."""
    _show(view)
    with st.container(key="gallery-filters", horizontal=True, vertical_alignment="center", gap="small"):
        if not studio.person.is_local:
            _space(studio)
        _which()
        st.selectbox(
            "Order",
            SORTS,
            key=key("sort"),
            format_func=lambda sort: SORT_WORDS[sort],
            label_visibility="collapsed",
            filter_mode=None,
            width=160,
            on_change=_changed,
        )
        st.toggle("Favourites", key=key("favourite"), on_change=_changed)
        with st.popover("More filters", icon=":material/tune:"):
            _more(studio, view)
    _chips(view)


def _which() -> None:
    """By words and by model."""
    st.text_input(
        "Words of the prompt",
        key=key("text"),
        placeholder="Search prompts",
        icon=":material/search:",
        max_chars=LONGEST_TEXT,
        label_visibility="collapsed",
        width=250,
        on_change=_changed,
    )
    st.multiselect(
        "Models",
        list(MODELS),
        key=key("model"),
        format_func=lambda model: MODELS[model].name,
        placeholder="All models",
        label_visibility="collapsed",
        width=230,
        on_change=_changed,
    )


def _space(studio: Studio) -> None:
    """Whose cards; an admin sees everybody's."""
    st.segmented_control(
        "Whose videos",
        SPACES if studio.person.may("administer") else SPACES[:2],
        key=key("space"),
        format_func=lambda space: SPACE_WORDS[space],
        required=True,
        label_visibility="collapsed",
        on_change=_changed,
    )


def _more(studio: Studio, view: View) -> None:
    """Those that are needed now and then."""
    st.pills(
        "Rated at least",
        range(1, 6),
        key=key("rating"),
        format_func=lambda stars: f"{stars} ★",
        on_change=_changed,
    )
    st.pills(
        "State",
        STATES,
        key=key("state"),
        format_func=lambda state: STATE_NAMES[state],
        selection_mode="multi",
        on_change=_changed,
    )
    st.pills(
        "Provider",
        list(PROVIDERS),
        key=key("provider"),
        format_func=lambda name: PROVIDERS[name],
        selection_mode="multi",
        on_change=_changed,
    )
    known = dict.fromkeys([*studio.gallery.tags(), *view.tags])
    st.multiselect(
        "Tags", list(known), key=key("tag"), max_selections=10, placeholder="Any tag", on_change=_changed
    )
    first, last = st.columns(2)
    days: dict[str, Any] = {"min_value": FIRST_DAY, "max_value": LAST_DAY, "on_change": _changed}
    first.date_input("From", None, key=key("from"), **days)
    last.date_input("To", None, key=key("to"), **days)
    st.toggle("In the bin", key=key("deleted"), on_change=_changed, help="What was deleted in the last 7 days.")


def _show(view: View) -> None:
    """Sets each control to what the address says, before it is drawn."""
    for name, control in NAMES.items():
        value = getattr(view, name)
        st.session_state[key(control)] = list(value) if name in LISTS else (value or _nothing(name))


def _nothing(name: str) -> object:
    return {"text": "", "favourite": False, "deleted": False}.get(name)


def _changed() -> None:
    """Runs as any control's callback: all of them make up the next view."""
    given = {name: st.session_state.get(key(control)) for name, control in NAMES.items()}
    changes = {name: tuple(value or ()) if name in LISTS else value for name, value in given.items()}
    changes |= {"rating": given["rating"] or 0, "text": str(given["text"] or "").strip()}
    gallery_state.filter_by(**changes)


# --- what is filtered by


def _chips(view: View) -> None:
    if not address.filtered(view):
        return
    with st.container(key="gallery-chips", horizontal=True, vertical_alignment="center", gap="xsmall"):
        for number, (words, changes) in enumerate(_active(view)):
            st.button(
                notices.plain(words),
                key=key(f"chip-{number}"),
                icon=":material/close:",
                icon_position="right",
                help=None,
                on_click=gallery_state.filter_by,
                kwargs=changes,
            )
        st.button("Clear all filters", key=key("clear"), type="tertiary", on_click=gallery_state.clear_filters)


def _active(view: View) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each filter in words, with the change that takes it away."""
    if view.text:
        yield f"“{_short(view.text)}”", {"text": ""}
    yield from _of_list(view, "models", {name: spec.name for name, spec in MODELS.items()})
    yield from _of_list(view, "providers", PROVIDERS)
    yield from _of_list(view, "states", STATE_NAMES)
    if view.rating:
        yield f"{view.rating} ★ and more" if view.rating < 5 else "5 ★", {"rating": 0}
    if view.favourite:
        yield "Favourites", {"favourite": False}
    yield from _of_list(view, "tags", {tag: f"#{_short(tag)}" for tag in view.tags})
    if view.since:
        yield f"From {_day(view.since)}", {"since": None}
    if view.until:
        yield f"To {_day(view.until)}", {"until": None}
    if view.deleted:
        yield "In the bin", {"deleted": False}


def _of_list(view: View, name: str, said: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    chosen: tuple[str, ...] = getattr(view, name)
    for one in chosen:
        yield said[one], {name: tuple(other for other in chosen if other != one)}


def _short(words: str) -> str:
    return words if len(words) <= 32 else f"{words[:31]}…"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
