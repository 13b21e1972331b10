"""What can be done with one video: use its settings, try them on another model, download, compare, delete."""

from __future__ import annotations

from html import escape

import streamlit as st

from components.catalog import MODELS
from components.catalog.carry import alike, carry, without
from components.catalog.spec import ModelSpec
from components.library.records import Generation, Output, View
from components.studio import Studio
from components.studio.comparisons import MOST
from components.ui.frame import notices
from components.ui.frame.places import COMPARE
from components.ui.frame.share import share
from components.ui.output.carry import titles_of, use_settings

SIDE_BY_SIDE = 4
"""Where the request brought one video only, it is compared with the model's newest others."""


def actions(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> None:
    may_make = studio.person.may("make")
    if may_make:
        _use(studio, spec, generation, output)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        _download(studio, generation, output)
        _compare(studio, generation, output)
        if studio.person.may_change(generation.owner):
            if not studio.person.is_local:
                share(studio, [generation], [output.id], f"output:{output.id}:share")
            _delete(studio, output)


def _use(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("Use these settings", key=f"output:{output.id}:use", type="primary", icon=":material/tune:"):
            use_settings(studio, spec.id, generation.parameters)
        others = [other for other in MODELS.values() if alike(spec, other)]
        if others:
            with st.popover("Try on another model", icon=":material/swap_horiz:"):
                _other_model(studio, spec, generation, others)


def _delete(studio: Studio, output: Output) -> None:
    st.button(
        "Delete",
        key=f"output:{output.id}:delete",
        on_click=_put_away,
        args=(studio, output.id),
        type="tertiary",
        icon=":material/delete:",
        help="Goes to the bin, where you can undo it for seven days.",
    )


def _put_away(studio: Studio, output_id: str) -> None:
    studio.gallery.delete([output_id])


def _other_model(studio: Studio, spec: ModelSpec, generation: Generation, others: list[ModelSpec]) -> None:
    """Says what happens to the settings before the page is left."""
    by_id = {other.id: other for other in others}
    chosen = st.radio(
        "Which model",
        list(by_id),
        format_func=lambda one: by_id[one].name,
        captions=[other.title for other in others],
        key=f"output:{generation.id}:other",
    )
    target = by_id[chosen]
    whole = carry(generation.parameters, spec, target)
    held = studio.assets.hold(target.id, whole.values)
    carried = without(whole, held.unfit, target)
    notices.quiet(f"Goes over: {titles_of(target, carried.kept)}.")
    left = (*carried.left, *held.changed.values())
    if left:
        lines = "".join(f"<li>{escape(said)}</li>" for said in left)
        st.html(f'<p class="st-quiet">To know before:</p><ul class="st-quiet st-left">{lines}</ul>')
    if st.button(f"Open {target.name}", key=f"output:{generation.id}:carry", type="primary", width="stretch"):
        use_settings(studio, target.id, carried.values, held.unfit)


def _download(studio: Studio, generation: Generation, output: Output) -> None:
    links = studio.outputs.links(generation, output)
    inside = " It carries its settings inside." if studio.preferences.tagging and output.facts else ""
    name, title = escape(links.name), escape(f"{links.name}.{inside}")
    st.html(
        f'<a class="st-do" href="{escape(links.download)}" download="{name}" title="{title}">Download</a>',
        width="content",
    )


def _compare(studio: Studio, generation: Generation, output: Output) -> None:
    """With the others of the same request; else with the model's newest."""
    near = [one.id for one in generation.outputs if one.facts]
    if not output.facts:
        return
    if len(near) < 2:
        newest = studio.gallery.entries(View(models=(generation.model,), states=("done",)), limit=SIDE_BY_SIDE)
        near = [entry.id for entry in newest if entry.output and entry.output.facts]
    ids = [output.id, *(one for one in near if one != output.id)][:MOST]
    if len(ids) > 1:
        st.page_link(
            COMPARE.page,
            label=f"Compare with {len(ids) - 1} more",
            icon=":material/compare:",
            query_params={"v": ",".join(ids)},
            width="content",
        )
