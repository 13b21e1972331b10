"""Keeps the data folder to its owner: what lies there, and whatever is made while the studio runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077


@contextmanager
def private(folder: Path) -> Iterator[None]:
    """Makes the folder where there is none, closes it to others, and keeps new files closed until the end.

    The mask is the process's: all that it writes meanwhile is its owner's alone.
    """
    before = os.umask(OTHERS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in (folder, *folder.rglob("*")):
            _close(path)
        yield
    finally:
        os.umask(before)


def _close(path: Path) -> None:
    """A link leads elsewhere, which is somebody else's affair; what goes away meanwhile needs no mode."""
    with suppress(FileNotFoundError):
        if not path.is_symlink() and path.stat().st_mode & OTHERS:
            path.chmod(FOLDER if path.is_dir() else FILE)
