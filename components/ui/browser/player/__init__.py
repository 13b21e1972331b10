"""The player: N tiles, one clock. It shows what it is given and knows no model, provider or database."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from components.library.records import ENDED
from components.ui.browser import loader, no_callback
from components.ui.browser.contract import ADDRESS_PARAMETERS, COMPARISON_STATE

Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Clip:
    """A tile with a finished video."""

    id: str
    url: str
    poster_url: str | None
    download_url: str | None
    download_name: str
    title: str
    settings: Settings
    note: str
    fps: float
    codec: str = ""
    """What people call what it is coded in: named where the browser does not know it."""
    playable_url: str | None = None
    """A copy for such a browser."""
    family: str = ""
    """Within what its settings compare, e.g. the model; that another one lacks a setting is no difference."""


@dataclass(frozen=True)
class Waiting:
    """A tile of a generation on its way, or of one that ended without a video."""

    id: str
    title: str
    settings: Settings
    state: str
    message: str
    started_at: float | None
    hint: str
    link: str | None = None
    """Where credits are bought, if that is what is missing."""
    family: str = ""
    again_at: float | None = None
    """When the studio tries by itself the next time: counted down instead of the seconds since."""
    late_at: float | None = None
    """From when on it takes longer than usual, and is spoken of as `late_message` says."""
    late_message: str = ""


Tile = Clip | Waiting


def differing(tiles: Sequence[Tile]) -> frozenset[str]:
    """Names of the settings that are not the same on every tile.

    Within a family a tile without one differs too; between families only what both have can differ.
    """
    each = [(tile.family, dict(tile.settings)) for tile in tiles]
    having = {
        name: {family for family, settings in each if name in settings} for _, found in each for name in found
    }
    return frozenset(
        name
        for name, families in having.items()
        if len({settings.get(name) for family, settings in each if family in families}) > 1
    )


def payload(tiles: Sequence[Tile], now: float, compare: bool = False) -> dict[str, Any]:
    """What the browser gets: tiles with their settings split into different and equal ones."""
    names = differing(tiles)
    return {
        # The clock of the server goes along only while a tile counts seconds: with no such tile an
        # unchanged page sends unchanged data, and the browser is not called at all.
        "now": now if any(_counts(tile) for tile in tiles) else None,
        "compare": compare,
        "tiles": [_tile(tile, names) for tile in tiles],
    }


def player(tiles: Sequence[Tile], *, key: str, compare: bool = False) -> None:
    """Show the tiles side by side; a tile keeps its video, its place and its position by its id.

    With `compare` come the tools of the compare page: views, a marked part, shifts in time. Their state stands in
    the page's address, written there without a run of the page; Python reads it with `comparison_state`.
    """
    # A JSON string, because a nested dict makes Streamlit import pandas: 300 ms and 85 MB, once.
    data = {"json": json.dumps(payload(tiles, time.time(), compare))}
    on_change: dict[str, Any] = {f"on_{COMPARISON_STATE}_change": no_callback}
    _component(key=key, data=data, **on_change)


def comparison_state(key: str) -> dict[str, str]:
    """The state of the comparison under this key, as the browser sent it on the person's way to this run.

    `st.query_params` is no help: Streamlit keeps in it what the address said when the page was opened.
    """
    state = (st.session_state.get(key) or {}).get(COMPARISON_STATE)
    given = dict(parse_qsl(state)) if isinstance(state, str) else st.query_params.to_dict()
    return {name: given[name] for name in ADDRESS_PARAMETERS if name in given}


def _counts(tile: Tile) -> bool:
    return isinstance(tile, Waiting) and tile.started_at is not None and tile.state not in ENDED


def _tile(tile: Tile, names: frozenset[str]) -> dict[str, Any]:
    shared = {
        "id": tile.id,
        "title": tile.title,
        "differs": [pair for pair in tile.settings if pair[0] in names],
        "same": [pair for pair in tile.settings if pair[0] not in names],
    }
    if isinstance(tile, Waiting):
        return shared | {
            "kind": "waiting",
            "state": tile.state,
            "message": tile.message,
            "hint": tile.hint,
            "link": tile.link,
            "startedAt": tile.started_at if _counts(tile) else None,
            "againAt": tile.again_at if _counts(tile) else None,
            "lateAt": tile.late_at if _counts(tile) else None,
            "lateMessage": tile.late_message,
        }
    return shared | {
        "kind": "clip",
        "url": tile.url,
        "poster": tile.poster_url,
        "download": tile.download_url,
        "downloadName": tile.download_name,
        "note": tile.note,
        "fps": tile.fps,
        "codec": tile.codec,
        "playable": tile.playable_url,
    }


_component = st.components.v2.component("screentest_player", js=loader("player"), isolate_styles=True)
