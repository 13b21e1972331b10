"""What the browser parts share: the loader that stands inline for each, and small modules that they import."""

from __future__ import annotations

from pathlib import Path

from components import scripts

LOADER = Path(__file__).parent / "loader.js"


def loader(folder: str, module: str = "") -> str:
    """The inline script of a component, which fetches the rest, once.

    Args:
        folder: where its modules lie.
        module: the one to begin with; without it, the one that has the folder's name.
    """
    text = LOADER.read_text(encoding="utf-8")
    return text.replace("__MODULE__", scripts.address(folder, f"{module or folder}.js"))
