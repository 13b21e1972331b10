"""Copies what a studio keeps into a folder, while it works. Knows no engine, no provider and no screen.

The database is copied first and as of one moment, what lies beside it later: each file that a row names is there.
Where database or files are kept elsewhere, a note says what to copy there and what to do when it comes back.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from components.errors import BackupRefused
from components.library.database import DATABASE, sqlite_url
from components.library.generation_queries import UNDER_WAY
from components.library.lock import LOCK
from components.library.private import private
from components.library.storage import CUT_OFF
from components.library.tables import generation, output
from components.settings import Settings
from components.version import VERSION

MARK, NOTE = "backup.json", "READ-ME.txt"
TASKS = Path("sandbox") / "tasks.sqlite"
INCOMING, MEDIA = "incoming", "media"
BUSY_SECONDS = 30.0
HOLD = "UPDATE generation SET state = 'submitting', next_try_at = NULL WHERE state = 'queued'"
"""What waited to be sent may have been sent after the copy was made. As one that was cut off on its way it is
looked for at the provider, or waits for a person, and is never sent by itself."""

POSTGRES = f"""The database is not in this folder: STUDIO_DATABASE_URL names one of a server.
Copy it by that server's own means (pg_dump) BEFORE the files, each time.
When it has come back, and before a studio starts on it, run once:
    {HOLD};
"""
BUCKET = """The files are not in this folder: STUDIO_MEDIA_URL names a bucket.
Copy the bucket after the database, or let it keep versions.
"""
ENVIRONMENT = "Keys and settings of the environment and of .streamlit/secrets.toml are not in this folder.\n"


def database_file(settings: Settings) -> Path | None:
    """Where the database lies; None where a server keeps it."""
    if settings.database_url is None:
        return settings.data_dir / DATABASE
    url = sa.make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def back_up(settings: Settings, target: Path) -> str:
    """Copies the data folder, with the typed keys and the secret, readable by their owner only.

    Args:
        settings: of the studio, which may be running.
        target: a folder that is empty, or not there yet.

    Returns:
        What else a person has to keep.

    Raises:
        BackupRefused: there is nothing to copy, or the target is not fit.
    """
    folder, database = settings.data_dir.resolve(), database_file(settings)
    if not folder.is_dir() or (database and not database.is_file()):
        raise BackupRefused(f"There is no studio's data in {folder}.", "Set STUDIO_DATA_DIR to where it is.")
    _refuse_unfit(folder, target.resolve())
    try:
        with private(target):
            if database:
                copy_database(database, target / DATABASE)
            if (folder / TASKS).is_file():
                copy_database(folder / TASKS, target / TASKS)
            for path in files(folder, database):
                if settings.media_url is None or path.parts[0] != MEDIA:
                    copy_file(folder / path, target / path)
            if database:
                _keep_arrived(folder, target)
            note = _note(settings, database)
            (target / NOTE).write_text(note, encoding="utf-8")
            sync()
            # The last of all: a copy that was cut off has none.
            (target / MARK).write_text(json.dumps(_mark(database)), encoding="utf-8")
    except (OSError, sqlite3.Error) as trouble:
        why = trouble.strerror if isinstance(trouble, OSError) else str(trouble)
        raise BackupRefused(f"The backup could not be made: {why}.", "Empty its folder and try again.") from None
    return note


def copy_database(source: Path, target: Path) -> None:
    """As of one moment and whole in one file, whoever writes meanwhile (sqlite.org/backup.html)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    address = f"{source.resolve().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def files(folder: Path, database: Path | None) -> Iterator[Path]:
    """What lies in a data folder beside its databases, below it; what has just arrived comes first."""
    named = {DATABASE, TASKS.name, *([database.name] if database else [])}
    left_out = {LOCK} | {f"{name}{end}" for name in named for end in ("", "-wal", "-shm", "-journal")}
    for place in (INCOMING, ""):
        for at, below, names in os.walk(folder / place, followlinks=True):
            if not place:
                below[:] = [name for name in below if Path(at, name) != folder / INCOMING]
            for name in names:
                if name not in left_out and not name.endswith(CUT_OFF):
                    yield Path(at, name).relative_to(folder)


def copy_file(source: Path, target: Path) -> None:
    """What goes away meanwhile was removed, or has moved on to where it is copied later."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        shutil.copyfile(source, target)


def sync() -> None:
    """Sees to it that what was written is on the disk, where the system has a way."""
    if hasattr(os, "sync"):
        os.sync()


def _refuse_unfit(folder: Path, target: Path) -> None:
    if target.is_relative_to(folder):
        raise BackupRefused("A backup cannot lie within what it is of.", "Choose a folder elsewhere.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupRefused(f"{target} is not empty.", "Choose a new folder for each backup.")


def _keep_arrived(folder: Path, target: Path) -> None:
    """A video that got its place after the database was copied has no row there: it is kept as just arrived.

    Nobody may be able to fetch it again: a blocking answer is told once.
    """
    database = sa.create_engine(sqlite_url(target / DATABASE))
    with database.connect() as connection:
        ids = (
            connection.execute(sa.select(generation.c.id).where(generation.c.state.in_(UNDER_WAY))).scalars().all()
        )
        known = set(connection.execute(sa.select(output.c.id).where(output.c.generation_id.in_(ids))).scalars())
    database.dispose()
    for one in ids:
        for path in (folder / MEDIA / "outputs").glob(f"{one}-*"):
            if path.stem not in known and not (target / INCOMING / path.stem).exists():
                copy_file(path, target / INCOMING / path.stem)


def _note(settings: Settings, database: Path | None) -> str:
    parts = ["" if database else POSTGRES, BUCKET if settings.media_url else "", ENVIRONMENT]
    return "\n".join(part for part in parts if part)


def _mark(database: Path | None) -> dict[str, str | bool]:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return {"version": VERSION, "made_at": made, "database": database is not None}
