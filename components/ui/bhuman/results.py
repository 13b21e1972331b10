"""Shows the newest table's videos: how many are here, the first few in the player, all in a list and a ZIP."""

from __future__ import annotations

import streamlit as st

from components.catalog import model
from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.library.records import Generation, Output
from components.studio import Studio
from components.ui.browser.live import poll_seconds, watch
from components.ui.browser.player import Tile, player
from components.ui.frame import notices, states, told, words
from components.ui.frame.doubt import under_the_player
from components.ui.frame.tiles import clip, waiting

SHOWN = 4
BATCHES = 20


def rows(studio: Studio, spec: ModelSpec) -> None:
    """The newest generation, drawn again as its videos arrive. Earlier ones can be chosen."""
    generations = studio.generations.recent(spec.id, limit=BATCHES, first_output=True)
    if not generations:
        _empty(studio)
        st.fragment(_until_the_first)(studio, spec)
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
    st.fragment(_batch, run_every=poll_seconds(live))(studio, spec, chosen, (live, poll_seconds(live)))


def _empty(studio: Studio) -> None:
    way = "Rows come in one by one; play any, download all."
    if studio.person.may("make"):
        way = f"Choose a template or a campaign, fill the table, and press Generate. {way}"
    st.html(f'<div class="st-empty"><h2>Each person\'s video arrives here</h2><span>{way}</span></div>')


def _until_the_first(studio: Studio, spec: ModelSpec) -> None:
    """Nothing to show yet: another tab may begin."""
    at = studio.generations.now()
    if studio.generations.recent(spec.id, limit=1, first_output=True):
        st.rerun()
    watch(studio, (), at, key=f"{spec.page}-live-watch", model=spec.id)


def _title(generation: Generation) -> str:
    spec = model(generation.model)
    count = len(spec.value(generation.parameters, "rows") or [])
    kind = "campaign" if spec.value(generation.parameters, "campaign") else "template"
    people = f"{count} {'person' if count == 1 else 'people'}"
    return f"{people} · {kind} · {words.ago(generation.created_at)} · {generation.state}"


def _batch(studio: Studio, spec: ModelSpec, generation_id: str, drawn: tuple[bool, float | None]) -> None:
    """`drawn` is how the whole page was drawn: whether the batch was under way, and how often this looks."""
    notices.last_press()
    at = studio.generations.now()
    generation = studio.generations.get(generation_id)
    asked = spec.value(generation.parameters, "rows") or []
    here = [output for output in generation.outputs if output.facts]
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
        clip(studio, spec, generation, output, _row(spec, generation, output))
        for output in here
        if output.id in chosen
    ]
    if generation.state != "done":
        doing = f"{len(asked) - len(here)} more {states.word(generation.state)}"
        tiles.append(waiting(studio, spec, generation, (), f"{doing} {words.place(spec, generation)}"))
    player(tiles, key=f"{spec.page}:player")
    if generation.state == "done" and generation.error:
        notices.careful(told.sentence(generation.error))
    under_the_player(studio, [(len(tiles), generation)], key=spec.page)
    if generation.ended and here and st.button("Pack all as ZIP, with a CSV of results"):
        _packed(studio, spec, generation_id, len(here))
    watch(studio, [generation], at, key=f"{spec.page}-live-watch", model=spec.id)
    if (not generation.ended, poll_seconds(not generation.ended)) != drawn:
        st.rerun()


def _packed(studio: Studio, spec: ModelSpec, generation_id: str, count: int) -> None:
    try:
        key = studio.outputs.pack_batch(generation_id)
    except StudioError as failure:
        notices.error(failure)
        return
    link = studio.files.url(key, f"{spec.page}-{generation_id[:8]}.zip", download=True)
    st.html(f'<a class="st-quiet" href="{link}" download>Download {count} videos</a>')


def _label(output: Output) -> str:
    return f"{output.position + 1} · {output.facts.get('label') or 'video'}"


def _row(spec: ModelSpec, generation: Generation, output: Output) -> tuple[tuple[str, str], ...]:
    """The cells of the row that a video is of, by column."""
    columns, table = (spec.value(generation.parameters, role) or [] for role in ("columns", "rows"))
    row = table[output.position] if output.position < len(table) else []
    return tuple(zip(map(str, columns), map(str, row), strict=False))
