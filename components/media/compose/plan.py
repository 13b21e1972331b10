"""Says what a composed video shows. It reads no file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Layout = Literal["grid", "wipe"]


@dataclass(frozen=True)
class Cell:
    """One video and the two lines of words above it."""

    path: Path
    label: str
    settings: str = ""
    offset: float = 0.0
    """Seconds by which it begins later on the common clock; below zero, its beginning is left out."""


@dataclass(frozen=True)
class Plan:
    """Two to four videos, or exactly two for a wipe."""

    cells: tuple[Cell, ...]
    layout: Layout = "grid"
    sound: int | None = None
    """Which cell is heard; a cell without sound makes a film without sound."""

    def __post_init__(self) -> None:
        most = 2 if self.layout == "wipe" else 4
        if not 2 <= len(self.cells) <= most:
            raise ValueError(f"a {self.layout} takes 2 to {most} videos, not {len(self.cells)}")
        if self.sound is not None and not 0 <= self.sound < len(self.cells):
            raise ValueError("the sound must be that of one of the videos")
