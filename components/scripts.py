"""The browser modules of the UI, each set under an address that names its contents: a browser asks once."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

# The folders that a browser may read from, and nothing else.
FOLDERS = {name: Path(__file__).parent / "ui" / "browser" / name for name in ("shared", "grid", "live", "player")}
TYPES = {".js": "text/javascript", ".css": "text/css"}


@cache
def _files(folder: str) -> dict[str, bytes]:
    """Held in memory as they were when first asked for: what is served never differs from its address."""
    paths = sorted(path for path in FOLDERS[folder].iterdir() if path.suffix in TYPES)
    return {path.name: path.read_bytes() for path in paths}


@cache
def _version() -> str:
    """One for all folders, because their modules import each other's by relative addresses."""
    summed = sha256()
    for folder in FOLDERS:
        for name, text in _files(folder).items():
            summed.update(f"{folder}/{name}".encode() + b"\0" + text + b"\0")
    return summed.hexdigest()[:16]


def address(folder: str, name: str) -> str:
    """Where the server offers this module; the modules that it imports lie beside it."""
    return f"/scripts/{_version()}/{folder}/{name}"


def find(version: str, folder: str, name: str) -> bytes | None:
    """A module's text; None if this server has no such module in that version."""
    if folder not in FOLDERS or version != _version():
        return None
    return _files(folder).get(name)
