"""The gallery: every output of every model as a page of cards, or one output in their place."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from components.catalog import MODELS
from components.library.records import View
from components.studio import Studio
from components.ui.browser.grid import Callbacks, GridState, Pages, gallery
from components.ui.browser.live import poll_seconds, watch
from components.ui.frame import notices, visitor
from components.ui.frame.places import MODEL_PAGES
from components.ui.gallery import address, state
from components.ui.gallery.address import Place
from components.ui.gallery.cards import card, page_links
from components.ui.gallery.filters import filter_bar
from components.ui.gallery.marks import KEY, open_card, take_marks, turn_page
from components.ui.gallery.recall import recall
from components.ui.gallery.selection import bar
from components.ui.gallery.state import key
from components.ui.output.page import output_page

CARDS = 24
"""On one page."""

STYLE = Path(__file__).with_suffix(".css")
STEPS = (
    "<ol><li>Choose a model; its page has samples to start with.</li>"
    "<li>Change one control and generate again.</li>"
    "<li>Come back: rest on a card to see it move, select several to compare.</li></ol>"
)


def gallery_page() -> None:
    """Draws the gallery, or the one output that the address names."""
    studio = visitor.studio()
    if output_id := address.wanted_output(st.query_params.get_all):
        _one(studio, output_id)
        return
    st.html(STYLE)
    st.title("See every take, find the one to show", anchor=False)
    with st.container(key="gallery-caption", horizontal=True, vertical_alignment="center"):
        notices.quiet("All videos of all models. Rest on one to see it move, select several to compare.")
        if studio.person.may("make"):
            recall(studio)
    look_again = poll_seconds(studio.generations.any_under_way())
    if _empty(studio):
        st.fragment(_nothing_yet, run_every=look_again)(studio)
        return
    filter_bar(studio, state.place().view)
    st.fragment(_cards, run_every=look_again)(studio)


def _empty(studio: Studio) -> bool:
    """Whether no video has come back yet that they may see; one in the bin has."""
    views = [View(), View(deleted=True), View(space="team"), View(space="all")]
    return not any(studio.gallery.entries(view, limit=1) for view in views)


def _one(studio: Studio, output_id: str) -> None:
    # Not a link: one to the page that is open leaves the address in the browser as it was.
    st.button(
        "Back to the gallery",
        key=key("leave"),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=state.go_back,
    )
    output_page(studio, output_id)


def _cards(studio: Studio) -> None:
    """Runs alone at presses on cards, at another page, and when the studio tells of a change."""
    asked, begun = state.place(), studio.generations.now()
    if state.wants_redraw() or address.wanted_output(st.query_params.get_all):
        st.rerun()
    state.remember()
    count = studio.gallery.count(asked.view)
    pages = max(1, -(-count // CARDS))
    page = min(asked.page, pages)
    entries = studio.gallery.entries(asked.view, limit=CARDS, offset=(page - 1) * CARDS)
    if not entries:
        _nothing_fits(asked)
    else:
        _count(page, len(entries), count)
        links = page_links(Place(asked.view, page), pages, state.usual_space())
        shown = GridState(state.picked(), state.seen(), state.take_save(), Pages(page, links))
        callbacks = Callbacks(lambda: take_marks(studio), open_card, turn_page)
        gallery([card(studio, entry) for entry in entries], shown, callbacks, key=KEY)
    bar(studio, {entry.id for entry in entries}, in_the_bin=asked.view.deleted)
    watch(studio, [entry.generation for entry in entries], begun, key=key("watch"))


def _count(page: int, shown: int, count: int) -> None:
    first = (page - 1) * CARDS + 1
    span = f"{first:,}–{first + shown - 1:,} of {count:,}" if count > shown else f"{count:,} found"
    st.html(f'<p class="st-quiet" role="status">{span}</p>')


# --- nothing to show


def _nothing_yet(studio: Studio) -> None:
    """Runs alone when the studio tells of a change: the first video may come while this is read."""
    begun = studio.generations.now()
    if not _empty(studio):
        st.rerun()
    st.html(
        '<div class="st-empty"><h2>Every video that comes back is kept here</h2>'
        "<span>From all models, with its settings, ready to be rated, compared and sent on.</span><br>"
        f"{STEPS if studio.person.may('make') else ''}</div>"
    )
    if studio.person.may("make"):
        _models()
    watch(studio, [], begun, key=key("watch"))


def _models() -> None:
    with st.container(horizontal=True, horizontal_alignment="center"):
        for spec in MODELS.values():
            st.page_link(MODEL_PAGES[spec.id].page, label=spec.name, icon=":material/arrow_forward:")


def _nothing_fits(asked: Place) -> None:
    said = (
        ("The bin is empty", "What you delete waits here for 7 days.")
        if asked.view == View(deleted=True, sort=asked.view.sort)
        else ("Nothing fits these filters", "Take one away, or begin anew.")
    )
    title, hint = map(escape, said)
    st.html(f'<div class="st-empty"><h2>{title}</h2><span>{hint}</span></div>')
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.button("Show all videos", key=key("all"), on_click=state.clear_filters)
