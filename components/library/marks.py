"""Writes what an owner says of videos: favourite, stars, note, tags. Knows no words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from components.library.database import INSERTS
from components.library.records import MOST_TAGS
from components.library.tables import output, tag


class Marks:
    """One owner's marks."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def set(self, ids: Sequence[str], **values: Any) -> None:
        """Columns of videos: favourite, rating, note, and what was measured."""
        change = sa.update(output).where(output.c.id.in_(list(ids)), output.c.owner == self._owner)
        with self._engine.begin() as connection:
            connection.execute(change.values(**values))

    def add_tag(self, ids: Sequence[str], name: str) -> int:
        """Adds a tag; counts those that have MOST_TAGS others already and stay as they are."""
        carried = sa.select(sa.func.count()).where(tag.c.output_id == output.c.id).scalar_subquery()
        has = sa.exists().where(tag.c.output_id == output.c.id, tag.c.name == name)
        mine = (output.c.id.in_(list(ids)), output.c.owner == self._owner)
        values = sa.select(output.c.id, sa.literal(name), output.c.owner).where(*mine, carried < MOST_TAGS)
        # Locked, so that one removed at this moment is left out; where another tab adds the same tag, it is there.
        locked = values.with_for_update(read=True, key_share=True)
        new = INSERTS[self._engine.dialect.name](tag).from_select(["output_id", "name", "owner"], locked)
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_nothing())
            return int(connection.execute(sa.select(sa.func.count(output.c.id)).where(*mine, ~has)).scalar_one())

    def remove_tag(self, ids: Sequence[str], name: str) -> None:
        gone = sa.delete(tag).where(tag.c.output_id.in_(list(ids)), tag.c.owner == self._owner)
        with self._engine.begin() as connection:
            connection.execute(gone.where(tag.c.name == name))
