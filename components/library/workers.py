"""Which workers are alive: one row each, by the database's clock, because machines' clocks differ."""

from __future__ import annotations

import sqlalchemy as sa

from components.library.clock import moment
from components.library.tables import worker


class Workers:
    """The rows of all workers on one database."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def join(self, worker_id: str) -> None:
        """From now on it counts as alive."""
        with self._database.begin() as connection:
            now = moment(self._database)
            connection.execute(sa.insert(worker).values(id=worker_id, started_at=now, beat_at=now))

    def beat(self, worker_id: str) -> bool:
        """Says that it is alive; whether the others still take it for that."""
        with self._database.begin() as connection:
            changed = sa.update(worker).where(worker.c.id == worker_id).values(beat_at=moment(self._database))
            return connection.execute(changed).rowcount == 1

    def leave(self, worker_id: str) -> None:
        """Its work is free for others at once."""
        with self._database.begin() as connection:
            connection.execute(sa.delete(worker).where(worker.c.id == worker_id))

    def bury(self, silence: float) -> int:
        """Takes those out that have not been heard of for so many seconds; how many these were."""
        with self._database.begin() as connection:
            dead = sa.delete(worker).where(worker.c.beat_at < moment(self._database) - silence)
            return connection.execute(dead).rowcount

    def alive(self, silence: float) -> set[str]:
        """The ids of those that were heard of within so many seconds."""
        with self._database.connect() as connection:
            heard = sa.select(worker.c.id).where(worker.c.beat_at >= moment(self._database) - silence)
            return set(connection.execute(heard).scalars())
