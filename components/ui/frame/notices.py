"""Shows sentences to people: hints, problems, errors with their next step. All outside words are escaped."""

from __future__ import annotations

from html import escape

import streamlit as st

from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.ui.frame import state, told


def quiet(sentence: str) -> None:
    st.html(f'<p class="st-quiet">{escape(sentence)}</p>')


def undocumented(spec: ModelSpec) -> None:
    """What the provider leaves open about its model, so that nobody takes our guess for its word."""
    if spec.unknown:
        quiet(f"Not documented by {spec.provider_name}: {'; '.join(spec.unknown)}.")


def careful(sentence: str) -> None:
    """A kind warning: nothing is wrong yet."""
    st.html(f'<p class="st-said st-careful">Note: {escape(sentence)}</p>')


def looks_on() -> None:
    """In the place of what is pressed to make videos, for whoever may not."""
    quiet("You look on here: watch, compare and download what there is. An admin can let you make videos too.")


def problem(sentence: str | None) -> None:
    """Something to correct, beside the control that it is about."""
    if sentence:
        st.html(f'<p class="st-said st-careful" role="alert"><b>To correct:</b> {escape(sentence)}</p>')


def error(failure: StudioError) -> None:
    st.error(plain(told.sentence(failure.info())), icon=":material/error:")


def last_press() -> None:
    """What became of the last press, where a callback left a word on it."""
    if said := state.pop_message():
        st.toast(plain(said), icon=":material/info:", duration="long")


def plain(words: str) -> str:
    """Words from outside, with Markdown's signs made harmless."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|~:$" else sign for sign in words)
