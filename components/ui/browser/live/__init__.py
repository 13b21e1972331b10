"""Live status in the browser: the page is told of changes and asks Python again only then. See `routes/events`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.library.records import Generation
from components.studio import Studio
from components.ui.browser import loader, no_callback
from components.ui.browser.contract import CHANGED, PUSHED

SLOW = 6.0
"""Seconds between two looks of a page that cannot be told of changes."""
_PUSHED = "live:pushed"


def poll_seconds(waiting: bool) -> float | None:
    """How often a fragment must look by itself: never where it is told, or where nothing is under way."""
    return SLOW if waiting and not st.session_state.get(_PUSHED) else None


def watch(studio: Studio, shown: Sequence[Generation], at: float, *, key: str, model: str | None = None) -> None:
    """Runs the fragment that it stands in again once something on it changed.

    Args:
        studio: whose changes.
        shown: what the fragment shows.
        at: unix seconds from before `shown` was read; no later change is missed.
        key: of the component.
        model: the only model whose new generations matter; None is all of them.
    """
    page = {
        "pass": issue_pass(studio),
        "at": at,
        "model": model,
        "seen": {generation.id: generation.changed_at for generation in shown},
        "waiting": any(not generation.ended for generation in shown),
        "pushed": bool(st.session_state.get(_PUSHED)),
    }
    data = {"json": json.dumps(page)}
    on_change: dict[str, Any] = {f"on_{name}_change": no_callback for name in (PUSHED, CHANGED)}
    value = getattr(_watch(key=key, data=data, **on_change), PUSHED)
    if value is not None:
        st.session_state[_PUSHED] = bool(value)


def issue_pass(studio: Studio) -> str:
    """The pass with which this browser may listen."""
    return studio.live.token


_watch = st.components.v2.component("screentest_watch", js=loader("watch"), isolate_styles=True)
