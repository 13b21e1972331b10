"""Says in a sentence why a data folder or a database is not fit to work with. Mends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic.util.exc import CommandError

from components.errors import CannotStart

ELSEWHERE = "or set STUDIO_DATA_DIR to another folder"
DAMAGED = ("not a database", "malformed", "corrupt")
"""Words of SQLite's texts for a file that is no database, or no whole one (SQLITE_NOTADB, SQLITE_CORRUPT)."""


@contextmanager
def explaining_folder(folder: Path) -> Iterator[None]:
    """For what first touches the data folder.

    Raises:
        CannotStart: it cannot be made or written.
    """
    try:
        yield
    except OSError as refused:
        why = (refused.strerror or "it did not work").lower()
        raise CannotStart(
            f"The data folder {folder} cannot be used: {why}.", f"Let the studio write there, {ELSEWHERE}."
        ) from None


@contextmanager
def explaining_database(database: sa.Engine) -> Iterator[None]:
    """For what first opens the database and brings its tables up to date.

    Raises:
        CannotStart: it is damaged, of a newer studio, or cannot be reached or written.
    """
    try:
        yield
    except CommandError:
        database.dispose()
        raise CannotStart(
            "The database was made by a newer version of the studio.", f"Install that version, {ELSEWHERE}."
        ) from None
    except sa.exc.DBAPIError as failure:
        database.dispose()
        raise _unfit(database, str(failure.orig)) from None


def _unfit(database: sa.Engine, words: str) -> CannotStart:
    if any(sign in words for sign in DAMAGED):
        return CannotStart(
            f"The database {database.url.database} is damaged.",
            f"Put a backup in its place, or move it away to begin anew (the videos beside it stay), {ELSEWHERE}.",
        )
    return CannotStart(
        "The database cannot be opened or written.",
        f"See whether the disk is full, and whether the studio may write there, {ELSEWHERE}.",
    )
