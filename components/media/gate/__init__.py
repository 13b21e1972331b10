"""Reads files from outside in child processes, which have limits of memory and time, and no keys.

A file that takes more is refused in a sentence; the child that it cost is replaced, and nothing else has happened.
Files are handed over by path, so that the server holds no copy.

limits.py  what a file may cost      pool.py   who is asked next      worker.py  one child, from our side
wire.py    what goes to and fro      child.py  its own side           tasks.py   what it does
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from components.errors import StorageTrouble
from components.media.audio import LONGEST, Voice
from components.media.compose import Cell, Plan
from components.media.gate import tasks
from components.media.gate.limits import PICTURE, RESULT, SOUND, TABLE, VIDEO, Limits
from components.media.gate.pool import Pool
from components.media.gate.tasks import Face, Given, Result
from components.media.gate.worker import Task
from components.media.image import Portrait
from components.media.table import Table

__all__ = [
    *("Face", "Given", "Result", "as_wav", "compose", "contact_sheet", "examine", "has_sound"),
    *(
        "playable",
        "preview",
        "read_picture",
        "read_portrait",
        "read_result",
        "read_table",
        "read_tags",
        "read_voice",
        "thumbnail",
        "warm",
        "write_tags",
    ),
]

UPLOADS, RESULTS, FILMS = Pool(2), Pool(2), Pool(1)
"""For people, who wait: two, so that one bad file does not keep the others; for providers' videos; for exports."""


def warm() -> None:
    """Starts the children that people's files go to, before the first one comes."""
    UPLOADS.warm()


def read_portrait(source: bytes | Path, name: str = "") -> tuple[Portrait, Face]:
    """A picture as it can be sent, and what is to be said of the face in it; raises `InvalidImage`."""
    return _uploaded(tasks.portrait, source, PICTURE, name)  # type: ignore[no-any-return]


def read_picture(source: bytes | Path) -> Given:
    """A picture as it can be sent, and as it was given; raises `InvalidImage`."""
    return _uploaded(tasks.given, source, PICTURE)  # type: ignore[no-any-return]


def thumbnail(source: bytes | Path, side: int) -> bytes:
    """A small JPEG, at most `side` pixels long; raises `InvalidImage`."""
    return bytes(_uploaded(tasks.thumbnail, source, PICTURE, side))


def read_voice(
    source: bytes | Path, name: str = "", *, longest: float = LONGEST, inclusive: bool = False
) -> Voice:
    """A voice as it can be sent; raises as `components.media.audio.read_voice` does."""
    with _on_disk(source) as path:
        answer: tuple[Voice, bool] = UPLOADS.ask(Task(tasks.voice, (path, name, longest, inclusive), SOUND))
        voice, same = answer
        if not same:
            return voice
        return replace(voice, data=source if isinstance(source, bytes) else source.read_bytes())


def as_wav(source: bytes | Path, seconds: float) -> bytes:
    """A voice of that length as a plain WAV; raises `InvalidAudio`."""
    return bytes(_uploaded(tasks.wav, source, SOUND, seconds))


def has_sound(source: bytes | Path) -> bool:
    """Whether there is sound in it that can be read; raises `InvalidAudio` only where that takes too much."""
    return bool(_uploaded(tasks.has_sound, source, SOUND))


def read_table(
    source: bytes | Path, name: str = "", sheet: str | None = None, headings: int | None = None
) -> Table:
    """A table of people; does and raises what `components.media.table.read_table` does."""
    return _uploaded(tasks.table_of, source, TABLE, name, sheet, headings)  # type: ignore[no-any-return]


def read_tags(source: bytes | Path) -> dict[str, Any] | None:
    """The tags in a video that a person gives; None when there are none."""
    return _uploaded(tasks.found_tags, source, VIDEO)  # type: ignore[no-any-return]


def read_result(path: Path) -> Result:
    """Facts and poster of a provider's video; raises `InvalidVideo`."""
    return RESULTS.ask(Task(tasks.result, (path.absolute(),), RESULT))  # type: ignore[no-any-return]


def examine(path: Path) -> dict[str, Any]:
    """What `components.media.examine` measures; raises `InvalidVideo`."""
    return dict(RESULTS.ask(Task(tasks.measured, (path.absolute(),), RESULT)))


def preview(path: Path, target: Path) -> None:
    """Writes the small clip of a card; raises `InvalidVideo`."""
    RESULTS.ask(Task(tasks.preview_clip, (path.absolute(), target.absolute()), RESULT))


def playable(path: Path, target: Path) -> None:
    """Writes a copy that every browser plays, which may take minutes; raises `InvalidVideo`."""
    FILMS.ask(Task(tasks.playable, (path.absolute(), target.absolute()), RESULT, lambda _: True))


def write_tags(path: Path, target: Path, values: Mapping[str, Any]) -> None:
    """Writes a copy with tags inside; raises `InvalidVideo`."""
    RESULTS.ask(Task(tasks.tagged_copy, (path.absolute(), target.absolute(), values), RESULT))


def contact_sheet(rows: Sequence[Cell]) -> bytes:
    """A PNG of several videos; raises `InvalidVideo`."""
    return bytes(RESULTS.ask(Task(tasks.contact_sheet, (_findable(rows),), RESULT)))


def compose(plan: Plan, target: Path, step: Callable[[float], bool]) -> bool:
    """Writes a comparison film, which may take minutes, but no minute without a picture.

    Args:
        plan: what it shows.
        target: where.
        step: called at every picture with how far it has come; where it says no, the film is given up.

    Returns:
        False where it was given up.
    """
    plan = replace(plan, cells=_findable(plan.cells))
    return bool(FILMS.ask(Task(tasks.film, (plan, target.absolute()), RESULT, step)))


def _findable(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """A child has its own folder to start from."""
    return tuple(replace(cell, path=cell.path.absolute()) for cell in cells)


def _uploaded(function: Callable[..., Any], source: bytes | Path, limits: Limits, *arguments: Any) -> Any:
    with _on_disk(source) as path:
        return UPLOADS.ask(Task(function, (path, *arguments), limits))


@contextmanager
def _on_disk(source: bytes | Path) -> Iterator[Path]:
    """Where the file lies; what is in memory only lies on the disk meanwhile, for its owner alone to read."""
    if isinstance(source, Path):
        yield source.absolute()
        return
    try:
        handle, name = tempfile.mkstemp(prefix="screentest-")
    except OSError as trouble:
        raise _no_room() from trouble
    path = Path(name)
    try:
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(source)
        except OSError as trouble:
            raise _no_room() from trouble
        yield path
    finally:
        path.unlink(missing_ok=True)


def _no_room() -> StorageTrouble:
    return StorageTrouble("This machine's disk does not take the file.", "Make room on the disk, then try again.")
