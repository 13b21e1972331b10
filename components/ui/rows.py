"""Shows the newest table's videos: how many are here, the first few in the player, all in a list and a ZIP."""

from __future__ import annotations

import streamlit as st

from components.catalog.spec import ModelSpec
from components.library.records import Generation, Output
from components.studio import Studio, output_name
from components.ui import notices, words
from components.ui.player import Clip, Tile, Waiting, player
from components.ui.results import STATE_WORDS, TICK

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
    tiles: list[Tile] = [_clip(studio, spec, generation, output) for output in here if output.id in chosen]
    player([*tiles, *_rest(spec, generation, len(asked) - len(here))], key=f"{spec.page}:player")
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


def _rest(spec: ModelSpec, generation: Generation, missing: int) -> list[Tile]:
    """One tile for all that is not here yet, or for how it ended."""
    if generation.state == "done":
        return []
    error = generation.error
    if generation.ended:
        said, hint = (error.message, error.hint) if error else (generation.state.capitalize(), "")
        return [Waiting(f"{generation.id}-rest", spec.name, (), generation.state, said, None, hint)]
    doing = f"{missing} more {STATE_WORDS[generation.state]} {words.place(spec, generation)}"
    hint = f"{error.message} {error.hint}" if error else "You can close this page."
    started = generation.submitted_at or generation.created_at
    return [Waiting(f"{generation.id}-rest", spec.name, (), generation.state, doing, started, hint)]


def _clip(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> Clip:
    name = output_name(spec, generation, output)
    names, table = generation.parameters.get("variables", []), generation.parameters.get("names", [])
    row = table[output.position] if output.position < len(table) else []
    return Clip(
        id=output.id,
        url=studio.file_url(output.key),
        poster_url=studio.file_url(output.poster_key) if output.poster_key else None,
        download_url=studio.file_url(output.key, name, download=True),
        download_name=name,
        title=str(output.facts.get("label") or f"Row {output.position + 1}"),
        settings=tuple(zip(map(str, names), map(str, row), strict=False)),
        note="sandbox" if generation.sandbox else "live",
        fps=float(output.facts.get("fps") or 25),
    )
