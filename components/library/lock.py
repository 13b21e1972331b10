"""Keeps a data folder to one process at a time. Knows nothing of what lies there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from components.errors import DataDirInUse

LOCK = "studio.lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Two engines on one SQLite file would each take the other's jobs for dead ones.

    Raises:
        DataDirInUse: another process has it.
    """
    lock = FileLock(folder / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DataDirInUse(
            f"Another studio is already running on the data folder {folder}.",
            "Use that one, stop it first, or set STUDIO_DATA_DIR to another folder.",
        ) from None
    try:
        yield
    finally:
        lock.release()
