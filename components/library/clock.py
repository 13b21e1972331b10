"""When a generation changed or a worker was alive, by one clock for all machines: the database's."""

from __future__ import annotations

import time

import sqlalchemy as sa

POSTGRES = sa.literal_column("extract(epoch from clock_timestamp())", sa.Float)


def moment(database: sa.Engine) -> sa.ColumnElement[float] | float:
    """This moment in unix seconds, to be written; SQLite's only machine is this one."""
    return POSTGRES if database.dialect.name == "postgresql" else time.time()


def now(database: sa.Engine) -> float:
    """The same, to be compared with what was written."""
    if database.dialect.name != "postgresql":
        return time.time()
    with database.connect() as connection:
        return float(connection.execute(sa.select(POSTGRES)).scalar_one())
