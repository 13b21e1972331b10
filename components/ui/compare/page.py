"""The compare page: two to nine videos on one clock, with their names or blind, and what can be sent of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.catalog import MODELS
from components.library.records import Entry, View
from components.studio import Studio
from components.studio.comparisons import FEWEST, MOST
from components.ui.browser.player import Clip, player
from components.ui.compare.address import HIDDEN, Asked, in_order, new_order, read_address
from components.ui.compare.export import EXPORT, PLAYER, export_bar
from components.ui.frame import notices, visitor, words
from components.ui.frame.places import GALLERY, HOME
from components.ui.frame.sides import side_by_side
from components.ui.frame.state import stand
from components.ui.frame.tiles import clip, request_settings

NEWEST = 60
"""How many of the newest videos can be added by name; the gallery has all."""


def compare_page() -> None:
    """Draws the page."""
    studio, asked = visitor.studio(), read_address(st.query_params.to_dict())
    entries = [entry for entry in studio.gallery.some(asked.ids) if _playable(entry)]
    st.title("Which one would you show?", anchor=False)
    if len(entries) < FEWEST:
        _too_few(studio, asked, entries)
        return
    _told_missing(asked, entries)
    count = f"{len(entries)} videos, one clock"
    notices.quiet(f"{count} · arrows step a frame · the sound is from the one you click")
    shown = in_order(entries, asked.order)
    clips = [_clip(studio, entry, blind=asked.blind) for entry in shown]
    names, tools = side_by_side([7, 5], gap="small", vertical_alignment="center")
    with names:
        _names(asked, len(entries))
    with tools:
        export_bar(studio, clips)
    player(clips, key=PLAYER, compare=True)
    _favourite(studio, shown, blind=asked.blind)
    _add(studio, asked, entries)


def _playable(entry: Entry) -> bool:
    """A video that plays, of a model that this studio still knows, and not in the bin."""
    output = entry.output
    return bool(output and output.facts and not output.deleted_at and entry.generation.model in MODELS)


def _clip(studio: Studio, entry: Entry, *, blind: bool) -> Clip:
    """A tile; in a blind comparison nothing of whose it is goes to the browser."""
    spec, output = MODELS[entry.generation.model], entry.output
    if output is None:
        raise ValueError("only videos are compared")
    whole = clip(studio, spec, entry.generation, output, request_settings(spec, entry.generation))
    if blind:
        return replace(
            whole, id=output.id, title=HIDDEN, settings=(), note="", download_url=None, download_name=""
        )
    return replace(whole, id=output.id)


def _told_missing(asked: Asked, entries: Sequence[Entry]) -> None:
    missing = len(asked.ids) - len(entries)
    if missing:
        gone = "One of the videos is" if missing == 1 else f"{missing} of the videos are"
        notices.careful(f"{gone} no longer in the library, or in the bin.")


def _names(asked: Asked, count: int) -> None:
    """Names shown or hidden, and a new order."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        stand("compare:names", "Blind" if asked.blind else "Names shown")
        st.segmented_control(
            "Names",
            ["Names shown", "Blind"],
            key="compare:names",
            on_change=_set_blind,
            args=(asked, count),
            required=True,
            label_visibility="collapsed",
            help="Blind hides which model made what and shuffles the order, so that only the picture counts.",
        )
        st.button(
            "Shuffle",
            icon=":material/shuffle:",
            key="compare:shuffle",
            on_click=_shuffle,
            args=(asked, count),
            type="tertiary",
        )
        if asked.order is not None and not asked.blind:
            st.button("Order as chosen", key="compare:unshuffle", on_click=_unshuffle, type="tertiary")


def _set_blind(asked: Asked, count: int) -> None:
    if st.session_state["compare:names"] != "Blind":
        # The order stays, so that the first is still the first once the names are told.
        st.query_params.pop("blind", None)
        return
    _shuffle(asked, count, blind="1")


def _shuffle(asked: Asked, count: int, **more: str) -> None:
    # A film made before tells the names, or shows another order.
    st.query_params.pop(EXPORT, None)
    st.query_params.update(order=str(new_order(asked.order, count)), **more)


def _unshuffle() -> None:
    st.query_params.pop("order", None)


def _favourite(studio: Studio, shown: Sequence[Entry], *, blind: bool) -> None:
    """One press keeps the verdict: it is the gallery's favourite mark."""
    if not studio.person.may("make"):
        return
    numbers = {entry.id: number for number, entry in enumerate(shown, 1)}
    marked = [entry.id for entry in shown if entry.output and entry.output.favourite]
    stand("compare:best", marked)

    def keep() -> None:
        chosen = set(st.session_state["compare:best"])
        for entry in shown:
            if (entry.id in chosen) != (entry.id in marked):
                studio.gallery.favour([entry.id], entry.id in chosen)

    st.pills(
        "Favourites",
        list(numbers),
        format_func=lambda one: f"Video {numbers[one]}",
        selection_mode="multi",
        key="compare:best",
        on_change=keep,
        help="Kept with the video, in the gallery too." + (" Also while names are hidden." if blind else ""),
    )


def _add(studio: Studio, asked: Asked, entries: Sequence[Entry]) -> None:
    """Add or take away videos without a way through the gallery."""
    with st.expander("Choose other videos"):
        _picker(studio, asked, entries)
        st.page_link(GALLERY.page, label="Choose in the gallery", icon=":material/grid_view:")


def _picker(studio: Studio, asked: Asked, entries: Sequence[Entry]) -> None:
    newest = [one for one in studio.gallery.entries(View(states=("done",)), limit=NEWEST) if _playable(one)]
    known = {entry.id: entry for entry in [*in_order(entries, asked.order), *newest]}
    labels = _labels(known, blind=asked.blind)
    # The browser tells a choice by its label, and labels change (blind, a video's age): then it is a new widget.
    key = f"compare:chosen:{hash(tuple(labels.items()))}"
    stand(key, [entry.id for entry in in_order(entries, asked.order)])

    def choose() -> None:
        chosen = st.session_state[key]
        # A press while the page is being drawn may bring along an earlier choice: the same videos, in their order.
        if set(chosen) == {entry.id for entry in entries}:
            return
        st.query_params.pop(EXPORT, None)
        st.query_params["v"] = ",".join(chosen)
        if asked.blind and len(chosen) >= FEWEST:
            st.query_params["order"] = str(new_order(None, len(chosen)))
        else:
            st.query_params.pop("order", None)

    st.multiselect(
        "Videos",
        list(known),
        format_func=labels.__getitem__,
        key=key,
        max_selections=MOST,
        on_change=choose,
        placeholder="Two to nine videos",
    )


def _labels(known: Mapping[str, Entry], *, blind: bool) -> dict[str, str]:
    """Each its own: the browser tells the choices apart by their words."""
    if blind:
        return {one: f"video {number}" for number, one in enumerate(known, 1)}
    return {one: f"{number} · {_named(entry)}" for number, (one, entry) in enumerate(known.items(), 1)}


def _named(entry: Entry) -> str:
    spec = MODELS[entry.generation.model]
    asked = spec.asked(entry.generation.parameters)
    return f"{spec.name} · {words.ago(entry.generation.created_at)}" + (f" · {asked[:40]}" if asked else "")


def _too_few(studio: Studio, asked: Asked, entries: Sequence[Entry]) -> None:
    """Teaches, and offers a way on."""
    notices.quiet("Two to nine videos on one clock: side by side, as a wipe, or as their difference.")
    _told_missing(asked, entries)
    st.html(
        '<div class="st-empty"><h2>Choose at least two videos</h2><ol>'
        "<li>Select cards in the gallery and press Compare, or choose by name here.</li>"
        "<li>Hide the names if you want to judge by eye alone.</li>"
        "<li>Send the comparison as one MP4, or as a contact sheet for slides.</li></ol></div>"
    )
    _picker(studio, asked, entries)
    with st.container(horizontal=True):
        st.page_link(GALLERY.page, label="Open the gallery", icon=":material/grid_view:")
        if studio.person.may("make"):
            st.page_link(HOME.page, label="Make a video first", icon=":material/videocam:")
