"""Whose rows a person may look at: their own, what others share with the team, and all where they are admin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from components.library.generation_queries import GenerationQueries
from components.library.records import Generation, Output
from components.library.tables import asset, generation, output


@dataclass(frozen=True)
class Sight:
    """What one person sees."""

    owner: str
    sees_all: Callable[[], bool] = lambda: False
    """Asked at each look, because a role may change."""

    def of(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows of `generation` or `asset`."""
        return sa.true() if self.sees_all() else (table.c.owner == self.owner) | table.c.shared

    def admits(self, whole: Generation, video: Output | None) -> bool:
        """The same of what was read already; what is in the bin is its owner's only."""
        if whole.owner == self.owner:
            return True
        away = whole.deleted_at is not None or (video is not None and video.deleted_at is not None)
        return not away and (whole.shared or self.sees_all())


class SeenGenerations(GenerationQueries):
    """Generations and videos that a person may look at; to change one it has to be their own."""

    def __init__(self, engine: sa.Engine, sight: Sight) -> None:
        super().__init__(engine, sight.owner)
        self._sight = sight

    def _mine(self) -> sa.ColumnElement[bool]:
        return self._sight.of(generation)

    def _my_outputs(self) -> sa.ColumnElement[bool]:
        seen = sa.select(generation.c.id).where(self._sight.of(generation))
        others = output.c.deleted_at.is_(None) & output.c.generation_id.in_(seen)
        return (output.c.owner == self._sight.owner) | others


class Sharing:
    """One owner's decision what the team may look at, with the files that went into it."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def set(self, output_ids: list[str], shared: bool) -> None:
        """All videos of a generation are shared together; a file is as long as anything shared was made of it."""
        whose = sa.select(output.c.generation_id).where(output.c.id.in_(output_ids), output.c.owner == self._owner)
        mine = sa.update(generation).where(generation.c.owner == self._owner)
        asked = sa.select(generation.c.parameters).where(generation.c.owner == self._owner, generation.c.shared)
        files = sa.update(asset).where(asset.c.owner == self._owner)
        with self._engine.begin() as connection:
            connection.execute(mine.where(generation.c.id.in_(whose)).values(shared=shared))
            used = {word for found in connection.execute(asked).scalars() for word in _words(found)}
            connection.execute(files.where(asset.c.shared, asset.c.id.not_in(used)).values(shared=False))
            connection.execute(files.where(asset.c.id.in_(used)).values(shared=True))


def _words(value: object) -> set[str]:
    """Every text in a request that may be the id of a file."""
    if isinstance(value, dict):
        return {word for one in value.values() for word in _words(one)}
    if isinstance(value, list):
        return {word for one in value for word in _words(one)}
    return {value} if isinstance(value, str) and len(value) <= asset.c.id.type.length else set()  # type: ignore[attr-defined]
