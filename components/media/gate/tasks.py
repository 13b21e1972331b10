"""What a child does with a file: the readers of `components.media`, given a path. Runs in children only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from components.errors import InvalidAudio, InvalidVideo
from components.media import audio, faces, image, preview, sheet, table, tags, video
from components.media.compose import Cell, Plan, compose, playable_copy
from components.media.examine import examine


@dataclass(frozen=True)
class Face:
    """Whether there is one good face, and words about it for a person."""

    found: bool
    words: str


@dataclass(frozen=True)
class Given:
    """A picture as it can be sent, and its size and media type as it was given."""

    portrait: image.Portrait
    sides: tuple[int, int]
    media_type: str


@dataclass(frozen=True)
class Result:
    """What is kept of a provider's video beside itself; a video may be without a poster."""

    facts: video.VideoFacts
    poster: bytes | None


def portrait(path: Path, name: str) -> tuple[image.Portrait, Face]:
    read = image.read_portrait(path.read_bytes(), name)
    return read, Face(*faces.face_note(read.data))


def given(path: Path) -> Given:
    data = path.read_bytes()
    return Given(image.read_portrait(data), *image.as_given(data))


def thumbnail(path: Path, side: int) -> bytes:
    return image.thumbnail(path.read_bytes(), side)


def voice(path: Path, name: str, longest: float, inclusive: bool) -> tuple[audio.Voice, bool]:
    """The voice, and whether it is the file as it is: then it goes back without its content."""
    data = path.read_bytes()
    read = audio.read_voice(data, name, longest=longest, inclusive=inclusive)
    same = read.data == data
    return (replace(read, data=b"") if same else read), same


def wav(path: Path, seconds: float) -> bytes:
    return audio.as_wav(path.read_bytes(), seconds)


def has_sound(path: Path) -> bool:
    try:
        audio.decode(path.read_bytes(), 1.0)
    except InvalidAudio:
        return False
    return True


def table_of(path: Path, name: str, chosen: str | None, headings: int | None) -> table.Table:
    return table.read_table(path.read_bytes(), name, chosen, headings)


def found_tags(path: Path) -> dict[str, Any] | None:
    return tags.read_tags(path)


def result(path: Path) -> Result:
    facts = video.probe(path)
    try:
        return Result(facts, video.poster(path))
    except InvalidVideo:
        return Result(facts, None)


def measured(path: Path) -> dict[str, Any]:
    return examine(path)


def preview_clip(path: Path, target: Path) -> None:
    preview.preview(path, target)


def tagged_copy(path: Path, target: Path, values: Mapping[str, Any]) -> None:
    tags.write_tags(path, target, values)


def contact_sheet(rows: Sequence[Cell]) -> bytes:
    return sheet.contact_sheet(rows)


def film(plan: Plan, target: Path, step: Callable[[float], bool]) -> bool:
    """Reports every picture to the server, and stops where it says so."""
    steps = _Steps(step)
    return compose(plan, target, progress=steps.progress, should_stop=steps.should_stop)


def playable(path: Path, target: Path, step: Callable[[float], bool]) -> bool:
    """As `film`, of one video."""
    steps = _Steps(step)
    return playable_copy(path, target, progress=steps.progress, should_stop=steps.should_stop)


class _Steps:
    """What the server said at the last picture."""

    def __init__(self, step: Callable[[float], bool]) -> None:
        self._step, self._going = step, True

    def progress(self, part: float) -> None:
        self._going = self._step(part)

    def should_stop(self) -> bool:
        return not self._going
