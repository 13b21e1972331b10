"""The browser's side of the UI as one file, under an address that names its contents: a browser asks once."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from components.scripts.link import link

NAME = "studio.js"
SOURCES = Path(__file__).parents[1] / "ui" / "browser"
ENTRIES = {
    "player": "player/player.js",
    "grid": "grid/grid.js",
    "bell": "live/bell.js",
    "watch": "live/watch.js",
}
"""The modules that Streamlit calls, by the name under which the file exports them."""


@cache
def bundle() -> bytes:
    """Held in memory as it was when first asked for: what is served never differs from its address."""
    return link(SOURCES, ENTRIES).encode()


@cache
def version() -> str:
    """Another one for any other text."""
    return sha256(bundle()).hexdigest()[:16]


def address() -> str:
    """Where the server offers the file."""
    return f"/scripts/{version()}/{NAME}"


def find(asked: str, name: str) -> bytes | None:
    """The file's text; None if this server has no such file in that version."""
    return bundle() if (asked, name) == (version(), NAME) else None
