"""The bell in the frame of every page: finished work since you last looked. The rest of it is in the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from components.catalog import MODELS
from components.errors import StudioError
from components.library.records import Generation
from components.studio import RUN, Studio
from components.ui.browser import loader, no_callback
from components.ui.browser.contract import BELL_ITEMS, OPEN, RENEW
from components.ui.browser.live import issue_pass
from components.ui.frame.places import ADDRESSES
from components.ui.frame.states import COUNTED

FRESH = 30.0
"""Seconds for which a visit's list is kept: what ends meanwhile the browser is told by push."""
_KEPT = "bell:kept"
STYLE = Path(__file__).with_name("bell.css")


def bell(studio: Studio) -> None:
    """Call once, in the frame, before the page.

    Not in a fragment: after a restart the server knows no fragment of the page, so only a run of the whole
    can be asked for.
    """
    st.html(STYLE)
    at, items = _list(studio)
    models = {spec.id: {"name": spec.name, "page": spec.page} for spec in MODELS.values()}
    page = {
        "run": RUN,
        "pass": issue_pass(studio),
        "at": at,
        "theme": str(st.context.theme.type),
        "items": items,
        "models": models,
    }
    data = {"json": json.dumps(page)}
    on_change: dict[str, Any] = {f"on_{RENEW}_change": _forget, f"on_{OPEN}_change": no_callback}
    asked = getattr(_component(key="bell", data=data, **on_change), OPEN)
    if asked:
        _go(studio, str(asked))


def _list(studio: Studio) -> tuple[float, list[dict[str, Any]]]:
    """Newest first, and when it was read."""
    kept: tuple[float, list[dict[str, Any]]] | None = st.session_state.get(_KEPT)
    now = studio.generations.now()
    if kept and now - kept[0] < FRESH:
        return kept
    st.session_state[_KEPT] = now, [_item(one) for one in studio.generations.ended(COUNTED, limit=BELL_ITEMS)]
    return _list(studio)


def _forget() -> None:
    st.session_state.pop(_KEPT, None)


def _item(generation: Generation) -> dict[str, Any]:
    item = {"id": generation.id, "model": generation.model, "state": generation.state, "at": generation.changed_at}
    return item | {"href": where(generation)}


def where(generation: Generation) -> str:
    """Where a generation plays; where it cannot, the page that says what to do."""
    if generation.state == "done" and generation.outputs:
        return f"/gallery?output={generation.outputs[0].id}"
    return "/activity"


def _go(studio: Studio, asked: str) -> None:
    """Turns to a generation or a page of ours; the browser names it, so any other word is not followed."""
    try:
        parts = urlsplit(asked if asked.startswith("/") else where(studio.generations.get(asked)))
    except StudioError:
        parts = urlsplit("/activity")
    place = ADDRESSES.get(parts.path.strip("/"))
    if place is not None:
        st.switch_page(place.page, query_params=dict(parse_qsl(parts.query)))


_component = st.components.v2.component("screentest_bell", js=loader("bell"), isolate_styles=True)
