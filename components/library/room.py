"""Adds up how much room what is kept takes, by model and month, and what of it can go. Removes nothing."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from components.library.records import Kept, Room
from components.library.tables import asset, generation, output


class RoomQueries:
    """Of one owner.

    Args:
        engine: of the database.
        whose: asked at each look; None is everybody's.
    """

    def __init__(self, engine: sa.Engine, whose: Callable[[], str | None]) -> None:
        self._engine, self._whose = engine, whose

    def videos(self) -> list[Kept]:
        """Videos and what came instead, the newest month first and there what takes the most."""
        month = self._month(output.c.created_at)
        size = sa.func.sum(output.c.size)
        columns = (generation.c.model, month.label("month"), sa.func.count().label("count"), size.label("bytes"))
        query = sa.select(*columns).select_from(output.join(generation)).where(self._of(output))
        query = query.group_by(generation.c.model, month).order_by(month.desc(), size.desc())
        with self._engine.connect() as connection:
            return [Kept.model_validate(row) for row in connection.execute(query)]

    def together(self) -> Room:
        """The sums of videos, of those in the bin, and of the files that were given."""
        in_bin = output.c.deleted_at > 0
        counts = sa.func.count(), _sum(output.c.size), sa.func.count(sa.case((in_bin, 1)))
        videos = sa.select(*counts, _sum(sa.case((in_bin, output.c.size), else_=0))).where(self._of(output))
        files = sa.select(sa.func.count(), _sum(asset.c.size)).where(self._of(asset))
        with self._engine.connect() as connection:
            video, given = connection.execute(videos).one(), connection.execute(files).one()
        return Room(
            videos=Kept(count=video[0], bytes=video[1]),
            bin=Kept(count=video[2], bytes=video[3]),
            files=Kept(count=given[0], bytes=given[1]),
        )

    def _of(self, table: sa.Table) -> sa.ColumnElement[bool]:
        owner = self._whose()
        return sa.true() if owner is None else table.c.owner == owner

    def _month(self, moment: sa.ColumnElement[float]) -> sa.ColumnElement[str]:
        """In UTC, e.g. `2026-11`."""
        if self._engine.dialect.name == "postgresql":
            return sa.func.to_char(sa.func.timezone("UTC", sa.func.to_timestamp(moment)), "YYYY-MM")
        return sa.func.strftime("%Y-%m", moment, "unixepoch")


def _sum(column: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(column), 0)
