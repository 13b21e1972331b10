"""Shows the newest table's videos: how many are here, the first few in the player, all in a list and a ZIP."""

from __future__ import annotations

import streamlit as st

from components.catalog.spec import ModelSpec
from components.library.records import Generation, Output
from components.studio import Studio
from components.ui import notices, words
from components.ui.player import Tile, player
from components.ui.results import TICK
from components.ui.tiles import STATE_WORDS, clip, waiting

SHOWN = 4


def rows(studio: Studio, spec: ModelSpec) -> None:
    """The newest generation; ticks while it is under way. Earlier ones can be chosen."""
    generations = studio.generations(spec.id, limit=20)
    if not generations:
        st.html(
            '<div class="st-empty"><h3>Each person\'s video arrives here</h3><span>Choose a template, fill the '
            "table, and press Generate. Rows come in one by one; play any, download all.</span></div>"
        )
        return
    by_id = {generation.id: generation for generation in generations}
    chosen = st.selectbox(
        "Batch",
        list(by_id),
        format_func=lambda key: _title(by_id[key]),
        key=f"{spec.page}:batch:{generations[0].id}",
        label_visibility="collapsed",
    )
    live = not by_id[chosen].ended
    st.fragment(_batch, run_every=TICK if live else None)(studio, spec, chosen, live)


def _title(generation: Generation) -> str:
    count = len(generation.parameters.get("names", []))
    return (
        f"{count} {'person' if count == 1 else 'people'} · {words.ago(generation.created_at)} · {generation.state}"
    )


def _batch(studio: Studio, spec: ModelSpec, generation_id: str, was_live: bool) -> None:
    generation = studio.get(generation_id)
    asked, here = generation.parameters.get("names", []), [o for o in generation.outputs if o.facts]
    notices.quiet(f"{len(here)} of {len(asked)} videos are here.")
    labels = {output.id: _label(output) for output in here}
    chosen = st.multiselect(
        "Play",
        list(labels),
        default=list(labels)[:SHOWN],
        max_selections=9,
        format_func=lambda key: labels[key],
        key=f"{spec.page}:play:{generation_id}:{min(len(here), SHOWN)}",
        label_visibility="collapsed",
        placeholder="Choose whose videos to play",
    )
    tiles: list[Tile] = [
        clip(studio, spec, generation, output, _row(generation, output)) for output in here if output.id in chosen
    ]
    if generation.state != "done":
        doing = f"{len(asked) - len(here)} more {STATE_WORDS.get(generation.state, '')}"
        tiles.append(waiting(studio, spec, generation, (), f"{doing} {words.place(spec, generation)}"))
    player(tiles, key=f"{spec.page}:player")
    if generation.state == "done" and generation.error:
        notices.careful(f"{generation.error.message} {generation.error.hint}")
    if generation.ended and here and st.button("Pack all as ZIP, with a CSV of results"):
        key = studio.export(generation_id)
        link = studio.file_url(key, f"{spec.page}-{generation_id[:8]}.zip", download=True)
        st.html(f'<a class="st-quiet" href="{link}" download>Download {len(here)} videos</a>')
    if was_live and generation.ended:
        st.rerun()


def _label(output: Output) -> str:
    return f"{output.position + 1} · {output.facts.get('label') or 'video'}"


def _row(generation: Generation, output: Output) -> tuple[tuple[str, str], ...]:
    """The cells of the row that a video is of, by column."""
    columns, table = generation.parameters.get("variables", []), generation.parameters.get("names", [])
    row = table[output.position] if output.position < len(table) else []
    return tuple(zip(map(str, columns), map(str, row), strict=False))
