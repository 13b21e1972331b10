"""What the browser's parts share: the loader that stands inline for each, which fetches the rest once."""

from __future__ import annotations

from pathlib import Path

from components import scripts
from components.scripts.link import TYPES

LOADER = Path(__file__).parent / "loader.js"


def loader(entry: str) -> str:
    """The inline script of a component.

    Args:
        entry: which of `scripts.ENTRIES` it is.
    """
    text = TYPES.sub("", LOADER.read_text(encoding="utf-8"))
    return text.replace("__BUNDLE__", scripts.address()).replace("__ENTRY__", entry)


def no_callback() -> None:
    """Streamlit keeps a value only for who listens; the run that follows reads it anyway."""
