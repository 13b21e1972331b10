"""Gives queued generations their turn at a provider that has a limit: fair between owners, for all processes.

A turn is a moment in the row, so that it counts in every process and outlives the one that took it. What waits is
put in order by how much its owner has out or ahead of it, then by whose last turn is longer ago, then by age.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from components.catalog.pace import Pace
from components.library.clock import now
from components.library.tables import generation

MINUTE = 60.0
REMEMBERED = 3600.0
"""For how many seconds a turn counts when it is decided whose the next one is."""
TURNS = 0x7475726E
"""The number of the lock; any, as long as no other program on the same database takes it."""
OUT = ("submitting", "running", "saving")
# After a refusal it waits for another moment, and then for another turn.
HAS_TURN = sa.func.coalesce(generation.c.turn_at, -1.0) >= sa.func.coalesce(generation.c.next_try_at, 0.0)


class Turns:
    """The turns at one provider; the sandbox's generations are not its own and take none."""

    def __init__(self, engine: sa.Engine, models: Iterable[str]) -> None:
        self._engine = engine
        self._live = (generation.c.model.in_(list(models)), generation.c.sandbox.is_(False))

    def take(self, pace: Pace, asking: Sequence[str]) -> set[str]:
        """Which of those that ask, by id, may be sent now. Those whose turn it was already, too.

        Where the next in order is another process's, its turn is left for it.
        """
        with self._engine.begin() as connection:
            self._alone(connection)
            moment = now(self._engine)
            had = sa.select(generation.c.id).where(generation.c.id.in_(asking), HAS_TURN)
            granted = set(connection.execute(had).scalars())
            free = self._free(connection, pace, moment)
            first = set(self._order(connection, moment, max(0, free))).intersection(asking)
            if first:
                change = sa.update(generation).where(generation.c.id.in_(first), generation.c.state == "queued")
                connection.execute(change.values(turn_at=moment))
        return granted | first

    def order(self) -> list[str]:
        """The ids of all that wait, the next first."""
        moment = now(self._engine)
        with self._engine.connect() as connection:
            return self._order(connection, moment, None)

    def waiting(self, asking: Sequence[str]) -> set[str]:
        """Which of these still wait: the others were cancelled."""
        query = sa.select(generation.c.id).where(generation.c.id.in_(asking), generation.c.state == "queued")
        with self._engine.connect() as connection:
            return set(connection.execute(query).scalars())

    def _alone(self, connection: sa.Connection) -> None:
        """Two processes that looked at the same moment would both give away the last turn."""
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TURNS)))
        else:
            nothing = sa.update(generation).where(generation.c.id == "")
            connection.execute(nothing.values(turn_at=generation.c.turn_at))

    def _free(self, connection: sa.Connection, pace: Pace, moment: float) -> int:
        free = []
        if pace.per_minute is not None:
            lately = sa.select(sa.func.count()).where(*self._live, generation.c.turn_at > moment - MINUTE)
            free.append(pace.per_minute - connection.execute(lately).scalar_one())
        if pace.at_once is not None:
            taken = (generation.c.state == "queued") & HAS_TURN
            out = sa.select(sa.func.count()).where(*self._live, generation.c.state.in_(OUT) | taken)
            free.append(pace.at_once - connection.execute(out).scalar_one())
        return min(free, default=0)

    def _order(self, connection: sa.Connection, moment: float, limit: int | None) -> list[str]:
        """Ids of those that wait and could be sent at this moment."""
        its = generation.c
        served = (
            sa.select(
                its.owner.label("owner"),
                sa.func.max(its.turn_at).label("last"),
                sa.func.sum(sa.case((its.state.in_(OUT), 1), else_=0)).label("out"),
            )
            .where(*self._live, its.state.in_(OUT) | (its.turn_at > moment - REMEMBERED))
            .group_by(its.owner)
            .subquery("served")
        )
        place = sa.func.row_number().over(partition_by=its.owner, order_by=its.created_at)
        query = sa.select(its.id).select_from(generation.outerjoin(served, served.c.owner == its.owner))
        query = query.where(
            *self._live,
            its.state == "queued",
            sa.not_(HAS_TURN),
            sa.func.coalesce(its.next_try_at, 0.0) <= moment + 1.0,
        )
        fair = (place + sa.func.coalesce(served.c.out, 0), sa.func.coalesce(served.c.last, 0.0))
        return list(connection.execute(query.order_by(*fair, its.created_at, its.id).limit(limit)).scalars())
