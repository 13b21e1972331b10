"""Shows a model's newest generations side by side and draws them again when one of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from components.catalog.spec import ModelSpec
from components.library.records import Generation
from components.studio import Studio
from components.studio.comparisons import FEWEST, MOST
from components.ui.browser.live import poll_seconds, watch
from components.ui.browser.player import Tile, player
from components.ui.frame import notices, told, words
from components.ui.frame.doubt import under_the_player
from components.ui.frame.places import COMPARE, GALLERY
from components.ui.frame.tiles import clip, request_settings, waiting

TILES = 4


def results(studio: Studio, spec: ModelSpec) -> None:
    """The player with the newest generations. It is told of changes; where it cannot be, it looks by itself."""
    key = f"{spec.page}:shown"
    generations = studio.generations.recent(spec.id, limit=st.session_state.setdefault(key, TILES))
    live = under_way(generations)
    st.fragment(_tiles, run_every=poll_seconds(live))(studio, spec, (live, poll_seconds(live)))
    if len(generations) == st.session_state[key] and st.button("Show earlier ones", type="tertiary"):
        st.session_state[key] += TILES
        st.rerun()


def under_way(generations: Iterable[Generation]) -> bool:
    return any(not generation.ended for generation in generations)


def _tiles(studio: Studio, spec: ModelSpec, drawn: tuple[bool, float | None]) -> None:
    """`drawn` is how the whole page was drawn: whether something was under way, and how often this looks."""
    notices.last_press()
    at = studio.generations.now()
    generations = studio.generations.recent(spec.id, limit=st.session_state[f"{spec.page}:shown"])
    live = under_way(generations)
    if generations:
        _player(studio, spec, generations, live)
    else:
        _empty(studio, spec)
    watch(studio, generations, at, key=f"{spec.page}-live-watch", model=spec.id)
    if (live, poll_seconds(live)) != drawn:
        st.rerun()


def _player(studio: Studio, spec: ModelSpec, generations: Sequence[Generation], live: bool) -> None:
    usual = words.usual(spec, studio.accounts.side(spec.id), studio.generations.usual(spec.id)) if live else ""
    tiles: list[Tile] = []
    first: list[tuple[int, Generation]] = []
    for generation in generations:
        first.append((len(tiles) + 1, generation))
        tiles += _tiles_of(studio, spec, generation, usual)
    player(tiles, key=f"{spec.page}:player")
    for generation in generations:
        if generation.state == "done" and generation.error:
            notices.careful(told.sentence(generation.error))
        if generation.state == "failed" and generation.outputs:
            _strange_file(studio, spec, generation)
    under_the_player(studio, first, key="create")
    _ways_on(spec, [output.id for generation in generations for output in generation.outputs if output.facts])


def _ways_on(spec: ModelSpec, videos: Sequence[str]) -> None:
    """To the tools for looking closely, and to all that this model has made."""
    if not videos:
        return
    with st.container(horizontal=True, gap="small"):
        if len(videos) >= FEWEST:
            shown = videos[:MOST]
            label = f"Compare these {len(shown)}"
            st.page_link(COMPARE.page, label=label, icon=":material/compare:", query_params={"v": ",".join(shown)})
        every = {"model": spec.id}
        st.page_link(GALLERY.page, label="All in the gallery", icon=":material/grid_view:", query_params=every)


def _tiles_of(studio: Studio, spec: ModelSpec, generation: Generation, usual: str) -> list[Tile]:
    settings = request_settings(spec, generation)
    clips: list[Tile] = [
        clip(studio, spec, generation, output, settings) for output in generation.outputs if output.facts
    ]
    if generation.state == "done" and clips:
        return clips
    return [*clips, waiting(studio, spec, generation, settings, usual)]


def _strange_file(studio: Studio, spec: ModelSpec, generation: Generation) -> None:
    """What came and is no playable video is paid for all the same, so it can be had."""
    for output in generation.outputs:
        link = escape(studio.outputs.links(generation, output).download)
        st.html(f'<a class="st-quiet" href="{link}" download>Download the file that came instead of a video</a>')


def _empty(studio: Studio, spec: ModelSpec) -> None:
    if not studio.person.may("make"):
        st.html('<div class="st-empty"><h2>There is no video of this model for you to watch yet</h2></div>')
        return
    steps = [f"Give {spec.needs}.", "Change one control and generate again: both play in step."]
    if spec.files():
        steps.insert(0, "Use the samples, or fill in the good example, to see how it goes.")
    listed = "".join(f"<li>{step}</li>" for step in steps)
    st.html(
        f'<div class="st-empty"><h2>Your videos play here, side by side</h2><span>{spec.pitch}</span><br>'
        f"<ol>{listed}</ol></div>"
    )
