"""Turns a request type into widgets: text, slider, segmented control, preset pills. Knows no model."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st
from annotated_types import MaxLen

from components.catalog.check import bounds
from components.catalog.spec import Preset
from components.ui import notices, words
from components.ui.state import Draft


def text(draft: Draft, name: str, problem: str | None) -> None:
    control = draft.spec.control(name)
    limit = next((rule.max_length for rule in draft.spec.field(name).metadata if isinstance(rule, MaxLen)), None)
    st.text_area(
        _label(draft, name),
        key=draft.key(name),
        height=96,
        max_chars=limit,
        placeholder=control.placeholder,
        help=f"{control.help} Ctrl+Enter generates.",
        persist_state="session",
    )
    notices.problem(problem)


def controls(draft: Draft, problems: dict[str, str], *, main: bool) -> None:
    """The numbers and choices of one group, presets in place of the parameters that they set."""
    spec, covered = draft.spec, _covered(draft.spec.resolutions)
    names = [n for n in spec.parameters("number", "choice") if n not in covered and spec.control(n).main is main]
    for row in _rows(draft, names):
        for name, column in zip(row, st.columns(len(row), gap="medium"), strict=True):
            with column:
                _widget(draft, name)
                notices.problem(problems.get(name))
    if main and spec.resolutions:
        _resolution(draft)


def _rows(draft: Draft, names: list[str]) -> list[list[str]]:
    """Plain sliders stand in pairs; all else has a row of its own."""
    rows: list[list[str]] = []
    for name in names:
        beside = rows[-1] if rows else []
        if len(beside) == 1 and _plain(draft, beside[0]) and _plain(draft, name):
            rows[-1].append(name)
        else:
            rows.append([name])
    return rows


def _plain(draft: Draft, name: str) -> bool:
    return draft.spec.control(name).kind == "number" and name not in _covered(draft.spec.durations)


def _widget(draft: Draft, name: str) -> None:
    if draft.spec.control(name).kind == "choice":
        _choice(draft, name)
    elif name in _covered(draft.spec.durations):
        _duration(draft, name)
    else:
        _slider(draft, name, _label(draft, name))


def _slider(draft: Draft, name: str, label: str) -> None:
    limits = bounds(draft.spec, name)
    if limits is None:
        raise ValueError(f"{name} has no bounds for a slider")
    whole = draft.spec.field(name).annotation is int
    kind: Any = int if whole else float
    control = draft.spec.control(name)
    st.slider(
        label,
        kind(limits[0]),
        kind(limits[1]),
        step=kind(control.step or (1 if whole else 0.1)),
        key=draft.key(name),
        format=None if whole else "%.1f",
        help=_help(draft, name),
        persist_state="session",
    )


def _choice(draft: Draft, name: str) -> None:
    control = draft.spec.control(name)
    st.segmented_control(
        _label(draft, name),
        get_args(draft.spec.field(name).annotation),
        format_func=lambda option: control.choices.get(option, words.value(option)),
        required=True,
        key=draft.key(name),
        help=_help(draft, name),
        persist_state="session",
    )


def _duration(draft: Draft, name: str) -> None:
    _slider(draft, name, f"{_label(draft, name)} · {draft.video_seconds() or 0:.1f} s")
    _pills(draft, "durations", f"{draft.spec.control(name).title} presets", draft.spec.durations)


def _resolution(draft: Draft) -> None:
    names = " ".join(f"`{name}`" for name in sorted(_covered(draft.spec.resolutions), reverse=True))
    _pills(draft, "resolutions", f"Picture {names}", draft.spec.resolutions, shown=True)


def _pills(draft: Draft, group: str, label: str, presets: tuple[Preset, ...], *, shown: bool = False) -> None:
    """One press sets the parameters of a preset; the pill that fits them is lit."""
    key = draft.key(f"{group}:pick")
    values = draft.values()
    fitting = [p for p in presets if all(values.get(name) == value for name, value in p.values.items())]
    lit = fitting[0].label if fitting else None
    if st.session_state.get(key) != lit:
        # Only when it must: a value set here overrules a press that comes while the page is being drawn.
        st.session_state[key] = lit
    by_label = {preset.label: preset for preset in presets}

    def pick() -> None:
        chosen = by_label.get(st.session_state[key] or "")
        if chosen:
            draft.fill(chosen.values)

    show = st.segmented_control if shown else st.pills
    show(
        label,
        list(by_label),
        format_func=lambda name: f"{name} · {by_label[name].note}" if shown else name,
        key=key,
        on_change=pick,
        label_visibility="visible" if shown else "collapsed",
    )


def _covered(presets: tuple[Preset, ...]) -> set[str]:
    return {name for preset in presets for name in preset.values}


def _label(draft: Draft, name: str) -> str:
    return f"{draft.spec.control(name).title} `{name}`"


def _help(draft: Draft, name: str) -> str:
    """The words of a control, with its documented name, range and default."""
    spec = draft.spec
    limits, default = bounds(spec, name), spec.field(name).get_default()
    span = (
        f"{limits[0]:g} to {limits[1]:g}"
        if limits
        else " or ".join(map(str, get_args(draft.spec.field(name).annotation)))
    )
    return f"{spec.control(name).help}\n\n`{name}`: {span}; default {words.value(default)}."
