"""What the browser parts share: the loader that stands inline for each, and small modules that they import."""

from __future__ import annotations

from pathlib import Path

from components import scripts

LOADER = Path(__file__).parent / "loader.js"


def loader(folder: str) -> str:
    """The inline script of the component whose module has its folder's name; it fetches the rest, once."""
    text = LOADER.read_text(encoding="utf-8")
    return text.replace("__MODULE__", scripts.address(folder, f"{folder}.js"))
