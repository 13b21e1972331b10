"""The player: N tiles, one clock. It shows what it is given and knows no model, provider or database."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

Settings = tuple[tuple[str, str], ...]

ACTIVE = frozenset({"queued", "submitting", "running", "saving"})


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


@dataclass(frozen=True)
class Waiting:
    """A tile of a generation on its way, or of one that ended without a video."""

    id: str
    title: str
    settings: Settings
    state: str
    words: str
    started_at: float | None
    hint: str
    link: str | None = None
    """Where credits are bought, if that is what is missing."""


Tile = Clip | Waiting


def differing(tiles: Sequence[Tile]) -> frozenset[str]:
    """Names of the settings that are not the same on every tile; a tile without one differs too."""
    each = [dict(tile.settings) for tile in tiles]
    names = {name for settings in each for name in settings}
    return frozenset(name for name in names if len({settings.get(name) for settings in each}) > 1)


def payload(tiles: Sequence[Tile], now: float) -> dict[str, Any]:
    """What the browser gets: tiles with their settings split into telling and equal ones."""
    names = differing(tiles)
    return {
        # The clock of the server goes along only while a tile counts seconds: with no such tile an
        # unchanged page sends unchanged data, and the browser is not called at all.
        "now": now if any(_counts(tile) for tile in tiles) else None,
        "tiles": [_tile(tile, names) for tile in tiles],
    }


def player(tiles: Sequence[Tile], *, key: str) -> None:
    """Show the tiles side by side; a tile keeps its video, its place and its position by its id."""
    # A JSON string, because a nested dict makes Streamlit import pandas: 300 ms and 85 MB, once.
    _component(key=key, data={"json": json.dumps(payload(tiles, time.time()))})


def _counts(tile: Tile) -> bool:
    return isinstance(tile, Waiting) and tile.started_at is not None and tile.state in ACTIVE


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
            "words": tile.words,
            "hint": tile.hint,
            "link": tile.link,
            "startedAt": tile.started_at if _counts(tile) else None,
        }
    return shared | {
        "kind": "clip",
        "url": tile.url,
        "poster": tile.poster_url,
        "download": tile.download_url,
        "downloadName": tile.download_name,
        "note": tile.note,
        "fps": tile.fps,
    }


def _source(*names: str) -> str:
    return "\n".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names)


_component = st.components.v2.component(
    "screentest_player",
    js=_source("member.js", "clock.js", "tile.js", "bar.js", "player.js"),
    css=_source("player.css"),
    isolate_styles=True,
)
