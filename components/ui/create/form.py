"""Turns a request type into widgets: text, slider, segmented control, preset pills. Knows no model."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st
from annotated_types import Ge, MaxLen

from components.catalog.check import bounds
from components.catalog.spec import Preset
from components.ui.frame import notices, words
from components.ui.frame.state import Draft

SIDE_BY_SIDE = 5
"""Choices that fit beside each other."""


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
    """The parameters of one group, with presets in place of, or beside, what they set."""
    for row in _rows(draft, [name for name in draft.spec.parameters() if _belongs(draft, name, main=main)]):
        for name, column in zip(row, st.columns(len(row), gap="medium"), strict=True):
            with column:
                widget(draft, name)
                notices.problem(problems.get(name))
    if main and draft.spec.resolutions:
        _resolution(draft)


def has(draft: Draft, *, main: bool) -> bool:
    """Whether a group has anything to show."""
    return any(_belongs(draft, name, main=main) for name in draft.spec.parameters())


def _belongs(draft: Draft, name: str, *, main: bool) -> bool:
    """Texts that matter and files stand above; sizes are set by presets, and by hand among the rest."""
    control = draft.spec.control(name)
    if control.kind in ("image", "audio", "table") or (control.kind == "text" and control.main):
        return False
    if name in _covered(draft.spec.resolutions):
        return control.kind == "number" and not main
    return control.main is main


def _rows(draft: Draft, names: list[str]) -> list[list[str]]:
    """Plain numbers and switches stand in pairs; all else has a row of its own."""
    rows: list[list[str]] = []
    for name in names:
        beside = rows[-1] if rows else []
        if len(beside) == 1 and _plain(draft, beside[0]) and _plain(draft, name):
            rows[-1].append(name)
        else:
            rows.append([name])
    return rows


def _plain(draft: Draft, name: str) -> bool:
    kind = draft.spec.control(name).kind
    return kind in ("number", "switch") and name not in _covered(draft.spec.durations)


def widget(draft: Draft, name: str) -> None:
    """The one control of a parameter."""
    kind = draft.spec.control(name).kind
    if kind == "choice":
        _choice(draft, name)
    elif kind == "switch":
        st.toggle(_label(draft, name), key=draft.key(name), help=_help(draft, name), persist_state="session")
    elif kind == "line":
        st.text_input(_label(draft, name), key=draft.key(name), help=_help(draft, name), persist_state="session")
    elif kind == "text":
        text(draft, name, None)
    elif name in _covered(draft.spec.durations):
        _duration(draft, name)
    else:
        _number(draft, name, _label(draft, name))


def _number(draft: Draft, name: str, label: str) -> None:
    """A slider where both ends are documented, else a field to type in."""
    field, limits = draft.spec.field(name), bounds(draft.spec, name)
    whole = float not in (field.annotation, *get_args(field.annotation))
    kind: Any = int if whole else float
    shared: dict[str, Any] = {
        "step": kind(draft.spec.control(name).step or (1 if whole else 0.1)),
        "key": draft.key(name),
        "format": None if whole else "%.1f",
        "help": _help(draft, name),
        "persist_state": "session",
    }
    if limits:
        st.slider(label, kind(limits[0]), kind(limits[1]), **shared)
    else:
        low: Any = next((rule.ge for rule in field.metadata if isinstance(rule, Ge)), None)
        st.number_input(label, min_value=low, value=None, **shared)


def _choice(draft: Draft, name: str) -> None:
    """Side by side where there are few; a list to search where there are many, or where none may be chosen."""
    control, options = draft.spec.control(name), draft.spec.options(name)
    shared: dict[str, Any] = {
        "format_func": lambda option: control.choices.get(option, words.value(option)),
        "key": draft.key(name),
        "help": _help(draft, name),
        "persist_state": "session",
    }
    optional = draft.spec.field(name).get_default() is None
    if optional or len(options) > SIDE_BY_SIDE:
        none = control.placeholder or "The model's own choice"
        index = None if optional else options.index(draft.spec.field(name).get_default())
        st.selectbox(_label(draft, name), options, index=index, placeholder=none, **shared)
    else:
        st.segmented_control(_label(draft, name), options, required=True, wrap=True, **shared)


def _duration(draft: Draft, name: str) -> None:
    _number(draft, name, f"{_label(draft, name)} · {draft.video_seconds() or 0:.1f} s")
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

    show = st.segmented_control if shown and len(presets) <= 3 else st.pills
    show(
        label,
        list(by_label),
        format_func=lambda name: f"{name} · {by_label[name].note}" if shown else name,
        key=key,
        on_change=pick,
        label_visibility="visible" if shown else "collapsed",
        wrap=True,
    )


def _covered(presets: tuple[Preset, ...]) -> set[str]:
    return {name for preset in presets for name in preset.values}


def _label(draft: Draft, name: str) -> str:
    return f"{draft.spec.control(name).title} `{name}`"


def _help(draft: Draft, name: str) -> str:
    """The words of a control, with its documented name, range and default."""
    spec = draft.spec
    limits, default = bounds(spec, name), spec.field(name).get_default()
    options = spec.options(name) if spec.control(name).kind == "choice" else ()
    span = " or ".join(map(str, options[:SIDE_BY_SIDE])) or (f"{limits[0]:g} to {limits[1]:g}" if limits else "")
    shown = "empty" if default in (None, "") else words.value(default)
    return f"{spec.control(name).help}\n\n`{name}`: {span}{'; ' if span else ''}default {shown}."
