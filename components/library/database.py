"""Opens the database that the library and the engine share, and brings its tables up to date."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql, sqlite

MIGRATIONS = Path(__file__).parent / "migrations"
DATABASE = "studio.db"
"""The file's name in the data folder, where the database is SQLite."""
CHANGING_TABLES = 0x53637265656E
"""The number of the lock; any, as long as no other program on the same database takes it."""
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""By dialect, an INSERT that can say what happens where the row is there already."""


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def open_database(url: str) -> sa.Engine:
    """An engine for a SQLAlchemy URL; SQLite gets the pragmas that money needs."""
    # An error of it names the statement; its values are prompts.
    engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """WAL lets readers go on while one writes; FULL keeps the last commit through a power cut."""
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if sqlite3.sqlite_version_info < (3, 42):
        # DBOS 3.4 on Python 3.12+ stamps rows with unixepoch('subsec'), which SQLite knows since 3.42
        # (sqlite.org/changes.html, 2023-05-16); without this its first launch fails.
        connection.create_function("unixepoch", -1, _unixepoch)


def _unixepoch(*arguments: Any) -> float:
    return time.time() if "subsec" in arguments else int(time.time())


@contextmanager
def one_at_a_time(engine: sa.Engine, pause: Callable[[], None]) -> Iterator[None]:
    """Lets one of the processes that start at once change the tables; on SQLite there is only one.

    Args:
        engine: of the database.
        pause: called between two looks whether it is this one's turn.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    # In no transaction, and asked for in short looks: an index that DBOS makes beside running queries waits for
    # the end of each of them, one that waits for this very lock among them.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(sa.select(sa.func.pg_try_advisory_lock(CHANGING_TABLES))).scalar_one():
            pause()
        try:
            yield
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(CHANGING_TABLES)))


def migrate(engine: sa.Engine) -> None:
    """Brings the studio's tables to the newest shape; safe to call at every start."""
    config = _config()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Python begins no transaction for DDL: without this a start that is cut short leaves half a migration.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_known(revision: str) -> None:
    """Raises alembic's CommandError where the tables of a database are newer than this version of the studio."""
    ScriptDirectory.from_config(_config()).get_revision(revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
