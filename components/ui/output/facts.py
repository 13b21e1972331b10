"""The facts of a request and its run: settings, inputs, times, cost, the provider's numbers. All is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any

import streamlit as st

from components.catalog.addresses import host, is_address, last_part
from components.catalog.carry import fitting
from components.catalog.spec import ModelSpec
from components.library.records import Generation, Output
from components.studio import Studio
from components.ui.frame import notices, visitor, words

NUMBER = re.compile(r"(?!.*://)[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}")
"""A provider's own id; never an address."""
SHOWN_WORDS = 4000
Fact = tuple[str, str, str, str]
"""A name, the documented name, the value as HTML, and its class: usual, odd, or nothing."""


def facts(title: str, rows: Iterable[Fact]) -> None:
    """A list of facts under a heading; without any, nothing."""
    lines = "".join(
        f"<div><dt>{escape(name)}{f'<code>{escape(code)}</code>' if code else ''}</dt>"
        f'<dd class="{kind}">{value}</dd></div>'
        for name, code, value, kind in rows
    )
    if lines:
        st.html(f'<section class="st-facts"><h2>{escape(title)}</h2><dl>{lines}</dl></section>')


def request_facts(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> None:
    """All parameters, defaults quieter, and the files that went in."""
    given, files = generation.parameters, spec.files()
    tables = spec.parameters("table")
    rows = [_setting(spec, name, given.get(name)) for name in spec.parameters() if name not in (*files, *tables)]
    facts("Settings", [*_person(spec, generation, output), *rows])
    inputs = [(name, str(given[name])) for name in files if given.get(name)]
    facts("Inputs", [(spec.control(name).title, name, _input(studio, value), "") for name, value in inputs])


def run_facts(studio: Studio, spec: ModelSpec, generation: Generation, output: Output) -> None:
    """When, how long, for how much, and under which numbers."""
    moments = [
        ("Asked", generation.created_at),
        ("Sent", generation.submitted_at),
        ("Done", generation.finished_at),
    ]
    rows = [(name, "", escape(_moment(at)), "usual") for name, at in moments if at is not None]
    if generation.submitted_at and generation.finished_at:
        took = max(0.0, generation.finished_at - generation.submitted_at)
        rows.append(("Took", "", words.length(took), ""))
    rows.append(("Cost", "", escape(_cost(generation)), ""))
    facts("Run", rows)
    found = studio.accounts.support_id(generation, output.position)
    if found and NUMBER.fullmatch(found[1]):
        notices.quiet(f"{found[0]} at {spec.provider_name}, for its support")
        st.code(found[1], language=None, wrap_lines=True)


def _setting(spec: ModelSpec, name: str, value: Any) -> Fact:
    control, default = spec.control(name), spec.field(name).get_default()
    usual = value is None or (not spec.field(name).is_required() and value == default)
    return control.title, name, escape(_shown(spec, name, value)), "usual" if usual else ""


def _shown(spec: ModelSpec, name: str, value: Any) -> str:
    """A value in words; where the provider shall send something only the host is told."""
    control = spec.control(name)
    if value is None or value == "":
        return "–"
    if control.kind == "line" and is_address(value):
        return host(str(value))
    if control.means and control.means.role == "frames" and spec.fps:
        return f"{value} ({words.length(value / spec.fps)})"
    text = control.choices.get(value) if control.kind == "choice" else None
    return f"{text} ({value})" if text and text != str(value) else words.value(value)[:SHOWN_WORDS]


def _person(spec: ModelSpec, generation: Generation, output: Output) -> list[Fact]:
    """The cells of the row that a personalised video is of."""
    if not spec.parameters("table"):
        return []
    known = fitting(spec, generation.parameters)
    columns, table = spec.value(known, "columns") or [], spec.value(known, "rows") or []
    row = table[output.position] if output.position < len(table) else []
    cells = [(str(name), "", escape(str(cell)), "") for name, cell in zip(columns, row, strict=False)]
    return [*cells, ("Row", spec.parameter("rows") or "", f"{output.position + 1} of {len(table)}", "")]


def _input(studio: Studio, value: str) -> str:
    """A picture to look at, a voice to listen to, or where an address leads, without what may be its signature."""
    if is_address(value):
        return f"{escape(last_part(value)[:80])} (a web address)"
    asset = studio.assets.find(value)
    if asset is None:
        return "no longer in the library"
    url = escape(studio.files.url(asset.key))
    called = f'<span class="st-quiet">{escape(asset.name)}</span>'
    if asset.kind == "image":
        return f'<img class="st-portrait" src="{url}" alt="Portrait: {escape(asset.name)}">{called}'
    return f'<audio controls preload="none" src="{url}" aria-label="Voice: {escape(asset.name)}"></audio>{called}'


def _cost(generation: Generation) -> str:
    shared = f" for all {len(generation.outputs)} videos" if len(generation.outputs) > 1 else ""
    free = "free, made in the sandbox"
    if generation.cost is None:
        return free if generation.sandbox else "not told by the provider"
    cents = generation.cost * 100 == int(generation.cost * 100)
    amount = f"${generation.cost:.{2 if cents else 4}f}{shared}"
    return f"{free}; would have cost {amount}" if generation.sandbox else amount


def _moment(at: float) -> str:
    """Day and time where the visitor is."""
    return f"{datetime.fromtimestamp(at, visitor.zone()):%d %b %Y, %H:%M:%S}"
