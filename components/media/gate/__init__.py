"""Reads files from outside in child processes, which have limits of memory and time, and no keys.

A file that takes more is refused in a sentence; the child that it cost is replaced, and nothing else has happened.
Files are handed over by path, so that the server holds no copy.

limits.py  what a file may cost      pool.py   who is asked next      worker.py  one child, from our side
wire.py    what goes to and fro      child.py  its own side           tasks.py   what it does
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from components.errors import StorageTrouble
from components.media.gate import tasks
from components.media.gate.limits import PICTURE, Limits
from components.media.gate.pool import Pool
from components.media.gate.tasks import Face
from components.media.gate.worker import Task
from components.media.image import Portrait

__all__ = ["Face", "read_portrait", "thumbnail", "warm"]

UPLOADS = Pool(2)
"""For people, who wait: two, so that one bad file does not keep the others."""


def warm() -> None:
    """Starts the children that people's files go to, before the first one comes."""
    UPLOADS.warm()


def read_portrait(source: bytes | Path, name: str = "") -> tuple[Portrait, Face]:
    """A picture as it can be sent, and what is to be said of the face in it; raises `InvalidImage`."""
    return _uploaded(tasks.portrait, source, PICTURE, name)  # type: ignore[no-any-return]


def thumbnail(source: bytes | Path, side: int) -> bytes:
    """A small JPEG, at most `side` pixels long; raises `InvalidImage`."""
    return bytes(_uploaded(tasks.thumbnail, source, PICTURE, side))


def _uploaded(function: Callable[..., Any], source: bytes | Path, limits: Limits, *arguments: Any) -> Any:
    with _lying(source) as path:
        return UPLOADS.ask(Task(function, (path, *arguments), limits))


@contextmanager
def _lying(source: bytes | Path) -> Iterator[Path]:
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
