"""What a child does with a file: the readers of `components.media`, given a path. Runs in children only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from components.media import faces, image


@dataclass(frozen=True)
class Face:
    """Whether there is one good face, and words about it for a person."""

    found: bool
    words: str


def portrait(path: Path, name: str) -> tuple[image.Portrait, Face]:
    read = image.read_portrait(path.read_bytes(), name)
    return read, Face(*faces.face_note(read.data))


def thumbnail(path: Path, side: int) -> bytes:
    return image.thumbnail(path.read_bytes(), side)
