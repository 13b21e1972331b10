"""Whose rows a person may look at and change: their own, shared ones to look at, and all where they are admin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from components.library.generation_queries import UNDER_WAY, GenerationQueries
from components.library.generations import Generations
from components.library.records import Generation, Output
from components.library.tables import asset, generation, output


@dataclass(frozen=True)
class Sight:
    """What one person sees, and what of it they may change."""

    owner: str
    sees_all: Callable[[], bool] = lambda: False
    """Whether they are admin; asked at each look, because a role may change."""

    def of(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows of `generation` or `asset`."""
        return sa.true() if self.sees_all() else (table.c.owner == self.owner) | table.c.shared

    def changes(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows of `generation`, `output` or `asset` that they may end, settle, share, put away or have back."""
        return sa.true() if self.sees_all() else table.c.owner == self.owner

    def admits(self, whole: Generation, video: Output | None) -> bool:
        """Whether they may look at what was read already; what is in the bin is not shared."""
        if whole.owner == self.owner or self.sees_all():
            return True
        away = whole.deleted_at is not None or (video is not None and video.deleted_at is not None)
        return whole.shared and not away


class SeenGenerations(GenerationQueries):
    """Generations and videos that a person may look at."""

    def __init__(self, engine: sa.Engine, sight: Sight) -> None:
        super().__init__(engine, sight.owner)
        self._sight = sight

    def _mine(self) -> sa.ColumnElement[bool]:
        return self._sight.of(generation)

    def _my_outputs(self) -> sa.ColumnElement[bool]:
        if self._sight.sees_all():
            return sa.true()
        seen = sa.select(generation.c.id).where(self._sight.of(generation))
        others = output.c.deleted_at.is_(None) & output.c.generation_id.in_(seen)
        return (output.c.owner == self._sight.owner) | others

    def _is_under_way(self) -> Iterable[sa.ColumnElement[bool]]:
        yield generation.c.state.in_(UNDER_WAY)
        yield self._mine()


class HeldGenerations(Generations):
    """Generations that a person may cancel and settle."""

    def __init__(self, engine: sa.Engine, sight: Sight) -> None:
        super().__init__(engine, sight.owner)
        self._sight = sight

    def _mine(self) -> sa.ColumnElement[bool]:
        return self._sight.changes(generation)


class Sharing:
    """The decision what the team may look at, with the files that went into it."""

    def __init__(self, engine: sa.Engine, sight: Sight) -> None:
        self._engine, self._sight = engine, sight

    def set(self, output_ids: list[str], shared: bool) -> set[str]:
        """All videos of a generation are shared together; a file is as long as anything shared was made of it.

        Returns:
            whose they are.
        """
        whose = sa.select(output.c.generation_id).where(output.c.id.in_(output_ids), self._sight.changes(output))
        change = sa.update(generation).where(generation.c.id.in_(whose)).values(shared=shared)
        with self._engine.begin() as connection:
            owners = set(connection.execute(change.returning(generation.c.owner)).scalars())
            # In one order, so that two presses at once lock the files of several people alike.
            for owner in sorted(owners):
                self._share_files(connection, owner)
        return owners

    @staticmethod
    def _share_files(connection: sa.Connection, owner: str) -> None:
        asked = sa.select(generation.c.parameters).where(generation.c.owner == owner, generation.c.shared)
        files = sa.update(asset).where(asset.c.owner == owner)
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
