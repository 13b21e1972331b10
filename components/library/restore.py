"""Puts a backup into an empty data folder, so that nothing in it is paid for again. Knows no engine."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from alembic.util.exc import CommandError

from components.errors import BackupRefused
from components.library.backup import (
    HOLD,
    MARK,
    NOTE,
    TASKS,
    copy_file,
    database_file,
    files,
    sync,
)
from components.library.database import DATABASE, require_known
from components.library.lock import LOCK, only_one
from components.library.private import private
from components.settings import Settings


def restore(settings: Settings, source: Path) -> str:
    """Fills the data folder of the settings.

    Args:
        settings: of the studio that is to work with it.
        source: a folder that `back_up` has made.

    Returns:
        What else a person has to do.

    Raises:
        BackupRefused: the backup is not whole, damaged or of a newer studio, or the data folder is not empty;
            nothing was changed.
        DataDirInUse: a studio runs on the data folder.
    """
    folder, database = settings.data_dir, database_file(settings)
    _refuse_unfit(source, database)
    try:
        with private(folder), only_one(folder):
            if any(one.name != LOCK for one in folder.iterdir()) or (database and database.exists()):
                raise BackupRefused(
                    f"The data folder {folder} is not empty.",
                    "Move it away, or set STUDIO_DATA_DIR to another folder.",
                )
            for path in files(source, database):
                if path not in (Path(MARK), Path(NOTE)):
                    copy_file(source / path, folder / path)
            copy_file(source / TASKS, folder / TASKS)
            if database:
                _put_database(source / DATABASE, database)
    except OSError as trouble:
        raise BackupRefused(
            f"The backup could not be put back: {trouble.strerror}.", f"Empty {folder} and try again."
        ) from None
    return (source / NOTE).read_text(encoding="utf-8")


def _refuse_unfit(source: Path, database: Path | None) -> None:
    try:
        mark = json.loads((source / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BackupRefused(
            f"There is no whole backup in {source}.", "Name a folder that `make backup` has filled to the end."
        ) from None
    if mark.get("database") != (database is not None):
        raise BackupRefused(
            "The backup is of a studio with its database elsewhere than here.",
            "Set STUDIO_DATABASE_URL as it was when the backup was made.",
        )
    if database:
        _refuse_damaged(source / DATABASE)


def _refuse_damaged(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    except sqlite3.Error:
        whole, revision = False, ""
    if not whole:
        raise BackupRefused("The database in the backup is damaged.", "Take an older backup.")
    try:
        require_known(revision)
    except CommandError:
        raise BackupRefused(
            "The backup was made by a newer version of the studio.", "Install that version and restore again."
        ) from None


def _put_database(source: Path, target: Path) -> None:
    """The last, under another name until nothing in it would be sent again."""
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    copy_file(source, draft)
    with closing(sqlite3.connect(draft)) as connection, connection:
        # It may have been sent at any time since it was made: that is where a search at the provider begins.
        sent = "UPDATE generation SET submitted_at = created_at, changed_at = ? WHERE state = 'queued'"
        connection.execute(sent, (time.time(),))
        connection.execute(HOLD)
    sync()
    draft.replace(target)
