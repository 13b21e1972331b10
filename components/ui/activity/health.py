"""Shows how each provider does, in a quiet sentence each, from this studio's own generations."""

from __future__ import annotations

import time
from html import escape

import streamlit as st

from components.studio import Studio
from components.studio.health import ProviderState
from components.ui.frame import words


def health(studio: Studio) -> None:
    """Nothing until something was sent with a key."""
    states = studio.health.at(time.time())
    if not states:
        return
    st.header("How the providers do", anchor=False, help="From your own generations of the last 30 days.")
    lines = "".join(f"<p><b>{escape(each.name)}:</b> {escape(said(each))}</p>" for each in states)
    st.html(f'<div class="st-quiet st-health">{lines}</div>')


def said(state: ProviderState) -> str:
    """E.g. `last video 2 hours ago; 3 of 40 gave none; half took 1:10 or less, nine in ten 2:00`."""
    last = f"last video {words.ago(state.last_success)}" if state.last_success else "no video yet"
    failed = f"{state.without_video} of {state.ended} gave none" if state.ended else "none asked for lately"
    took = ""
    if state.half_within is not None and state.most_within is not None:
        half, most = words.length(state.half_within), words.length(state.most_within)
        took = f"half took {half} or less, nine in ten {most}"
    return "; ".join(filter(None, [last, failed, took]))
