"""Shows a model's newest generations side by side and keeps them fresh while any is under way."""

from __future__ import annotations

from html import escape

import streamlit as st

from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.library.records import Generation
from components.studio import Studio, output_name
from components.ui import notices, words
from components.ui.player import Tile, player
from components.ui.tiles import STATE_WORDS, clip, request_settings, waiting

TILES = 4
TICK = 1.0
"""Seconds between two looks at the library while something is under way."""


def results(studio: Studio, spec: ModelSpec) -> None:
    """The player with the newest generations; ticks only while one is under way."""
    key = f"{spec.page}:shown"
    generations = studio.generations(spec.id, limit=st.session_state.setdefault(key, TILES))
    if not generations:
        _empty(spec)
        return
    live = any(not generation.ended for generation in generations)
    st.fragment(_tiles, run_every=TICK if live else None)(studio, spec, live)
    if len(generations) == st.session_state[key] and st.button("Show earlier ones", type="tertiary"):
        st.session_state[key] += TILES
        st.rerun()


def _tiles(studio: Studio, spec: ModelSpec, was_live: bool) -> None:
    generations = studio.generations(spec.id, limit=st.session_state[f"{spec.page}:shown"])
    live = any(not generation.ended for generation in generations)
    usual = words.usual(spec, studio.side(spec.id), studio.usual(spec.id)) if live else ""
    tiles: list[Tile] = []
    for generation in generations:
        tiles += _tiles_of(studio, spec, generation, usual)
    player(tiles, key=f"{spec.page}:player")
    for generation in generations:
        if generation.state == "queued":
            _cancel_button(studio, generation)
        if generation.state == "done" and generation.error:
            notices.careful(f"{generation.error.message} {generation.error.hint}")
        if generation.state == "failed" and generation.outputs:
            _strange_file(studio, spec, generation)
    if was_live and not live:
        st.rerun()


def _tiles_of(studio: Studio, spec: ModelSpec, generation: Generation, usual: str) -> list[Tile]:
    settings = request_settings(spec, generation)
    clips: list[Tile] = [
        clip(studio, spec, generation, output, settings) for output in generation.outputs if output.facts
    ]
    if generation.state == "done" and clips:
        return clips
    doing = f"{STATE_WORDS.get(generation.state, '')} {words.place(spec, generation)} · {usual}"
    return [*clips, waiting(studio, spec, generation, settings, doing)]


def _cancel_button(studio: Studio, generation: Generation) -> None:
    if st.button("Cancel the one that waits", key=f"cancel:{generation.id}", type="tertiary"):
        try:
            studio.cancel(generation.id)
        except StudioError as sent:
            notices.error(sent)
        else:
            st.rerun()


def _strange_file(studio: Studio, spec: ModelSpec, generation: Generation) -> None:
    """What came and is no playable video is paid for all the same, so it can be had."""
    for output in generation.outputs:
        name = output_name(spec, generation, output)
        link = escape(studio.file_url(output.key, name, download=True))
        st.html(f'<a class="st-quiet" href="{link}" download>Download the file that came instead of a video</a>')


def _empty(spec: ModelSpec) -> None:
    steps = [f"Give {spec.needs}.", "Change one control and generate again: both play in step."]
    if spec.files():
        steps.insert(0, "Use the samples, or fill in the good example, to see how it goes.")
    listed = "".join(f"<li>{step}</li>" for step in steps)
    st.html(
        f'<div class="st-empty"><h3>Your videos play here, side by side</h3><span>{spec.pitch}</span><br>'
        f"<ol>{listed}</ol></div>"
    )
