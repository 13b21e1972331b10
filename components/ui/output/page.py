"""One video with all that is known of it: the film large, marks and actions beside it, facts, the request itself.

The gallery page shows it in place of the cards and gives the way back.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from components.catalog import model
from components.catalog.spec import ModelSpec
from components.errors import NotFound, StudioError
from components.library.records import Entry, Generation, Output
from components.studio import Studio
from components.ui.browser.player import player
from components.ui.frame import notices, words
from components.ui.frame.places import GALLERY
from components.ui.frame.sides import side_by_side
from components.ui.frame.tiles import clip
from components.ui.output.actions import actions
from components.ui.output.facts import request_facts, run_facts
from components.ui.output.file import file_facts
from components.ui.output.marks import marked, marks
from components.ui.output.request import request

LONGEST_TITLE = 60

STYLE = Path(__file__).with_suffix(".css")


def output_page(studio: Studio, output_id: str) -> None:
    """Draws the page of one video, or says why there is none."""
    try:
        entry = studio.gallery.entry(output_id)
        spec = model(entry.generation.model)
    except StudioError as missing:
        _gone(missing)
        return
    if entry.output is None:
        _gone(NotFound("There is no video yet.", "Its generation has not ended, or came to nothing."))
    elif entry.output.deleted_at is not None:
        _in_the_bin(studio, spec, entry.generation, entry.output)
    else:
        st.html(STYLE)
        _page(studio, spec, studio.seen.get(entry.generation.id), entry.output)


def _page(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> None:
    own = generation.owner == studio.person.owner
    _title(spec, Entry(generation=generation, output=output), "" if own else generation.owner)
    film, facts = side_by_side(_widths(output), gap="large")
    below = st.container()
    with film:
        _film(studio, spec, generation, output)
        marks(studio, output) if own and studio.person.may("make") else marked(output)
    with below:
        request(studio, spec, generation)
    with facts:
        actions(studio, spec, generation, output)
        request_facts(studio, spec, generation, output)
        run_facts(studio, spec, generation, output)
        # Last, because the first time it takes a while: all else is there by then.
        file_facts(studio, generation, output)


def _title(spec: ModelSpec, entry: Entry, owner: str) -> None:
    """Whom it is of, where it has a name; else how what was asked for begins; else what such videos are for."""
    generation, label = entry.generation, str(entry.output.facts.get("label") or "") if entry.output else ""
    asked = words.beginning(spec.asked(generation.parameters), LONGEST_TITLE)
    st.title(notices.plain(label.strip() or asked) or spec.title, anchor=False)
    side = "sandbox" if generation.sandbox else "live"
    whose = f" · by {owner}" if owner else ""
    notices.quiet(f"{words.through(spec)} · {words.ago(generation.created_at)} · {side}{whose}")


def _widths(output: Output) -> list[int]:
    """The film has the larger part, unless it is so tall that it would fill the screen twice over."""
    wide, tall = float(output.facts.get("width") or 16), float(output.facts.get("height") or 9)
    return [8, 5] if wide > 1.1 * tall else [6, 6] if wide > 0.8 * tall else [5, 7]


def _film(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> None:
    if not output.facts:
        notices.careful("What came is not a playable video. It is kept, and you can download it.")
        return
    # The download stands among the actions: that one carries the settings.
    tile = clip(studio, spec, generation, output, ())
    player([replace(tile, id=output.id, download_url=None)], key="output:player")


def _gone(missing: StudioError) -> None:
    st.title("No such video", anchor=False)
    notices.quiet(str(missing))
    st.page_link(GALLERY.page, label="Show all videos", icon=":material/grid_view:")


def _in_the_bin(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> None:
    st.title("This video is in the bin", anchor=False)
    notices.quiet(f"{words.through(spec)} · deleted {words.ago(output.deleted_at or 0)}")
    notices.quiet("It stays there for seven days and is removed for good then. What it cost is spent either way.")
    with st.container(horizontal=True, vertical_alignment="center"):
        if studio.person.may_change(generation.owner):
            st.button(
                "Undo: put it back",
                key=f"output:{output.id}:restore",
                on_click=_restore,
                args=(studio, output.id),
                type="primary",
                icon=":material/restore_from_trash:",
            )
        st.page_link(GALLERY.page, label="Show all videos", icon=":material/grid_view:")


def _restore(studio: Studio, output_id: str) -> None:
    studio.gallery.restore([output_id])
