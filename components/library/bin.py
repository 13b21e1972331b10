"""The bin: what was deleted stays on the disk until the studio empties it; see `claim`. Knows no file."""

from __future__ import annotations

import time
from collections.abc import Sequence

import sqlalchemy as sa

from components.library.records import ENDED
from components.library.sight import Sight
from components.library.tables import generation, output

BIN_SECONDS = 7 * 86400.0
"""How long what was deleted can be had back."""


class Bin:
    """What a person may put away and have back. `sight=None` is the studio's daily cleaning, for everyone."""

    def __init__(self, engine: sa.Engine, sight: Sight | None) -> None:
        self._engine, self._sight = engine, sight

    def move(self, ids: Sequence[str], moment: float | None) -> set[str]:
        """Into the bin at a moment, or out of it; what is under way stays, because it is paid for.

        Returns:
            whose it was.
        """
        wanted = list(ids)
        videos = sa.update(output).where(output.c.id.in_(wanted), self._of(output))
        others = sa.update(generation).where(generation.c.id.in_(wanted), self._of(generation))
        with self._engine.begin() as connection:
            shown = videos.where(here(output)).values(deleted_at=moment)
            ended = others.where(here(generation), generation.c.state.in_(ENDED)).values(deleted_at=moment)
            changes = (shown.returning(output.c.owner), ended.returning(generation.c.owner))
            return {owner for change in changes for owner in connection.execute(change).scalars()}

    def claim(self, before: float) -> dict[str, list[str]]:
        """Videos that are to go for good: no page shows them, and nobody can have them back.

        They are those that went into the bin before a moment, and those claimed but not forgotten yet.
        One of a generation that is still under way stays: the engine must know that it is saved.

        Returns:
            the keys of their files, by id.
        """
        ended = sa.select(generation.c.id).where(generation.c.state.in_(ENDED))
        old = sa.update(output).where(self._of(output), output.c.generation_id.in_(ended))
        claimed = sa.select(output.c.id, output.c.key, output.c.poster_key)
        claimed = claimed.where(self._of(output), output.c.deleted_at < 0)
        with self._engine.begin() as connection:
            connection.execute(old.where(output.c.deleted_at.between(0, before)).values(deleted_at=-time.time()))
            rows = connection.execute(claimed).all()
        return {row.id: [key for key in (row.key, row.poster_key) if key] for row in rows}

    def forget(self, output_id: str, before: float) -> None:
        """Takes away the row of a video that was claimed before a moment, once its files are gone."""
        gone = sa.delete(output).where(output.c.id == output_id, self._of(output))
        gone = gone.where(output.c.deleted_at.between(-before, 0))
        with self._engine.begin() as connection:
            whose = connection.execute(gone.returning(output.c.generation_id)).scalars().all()
            # With its last video a failed generation is forgotten too; else its card would come back.
            without_videos = ~sa.exists().where(output.c.generation_id == generation.c.id)
            last = sa.update(generation).where(generation.c.id.in_(whose), without_videos)
            connection.execute(last.values(deleted_at=0.0))

    def _of(self, table: sa.Table) -> sa.ColumnElement[bool]:
        return sa.true() if self._sight is None else self._sight.changes(table)


def here(table: sa.Table) -> sa.ColumnElement[bool]:
    """Shown or in the bin. What is to go for good has minus the moment of its claim; what went with it, 0."""
    return table.c.deleted_at.is_(None) | (table.c.deleted_at > 0)
