"""Notes who did what, and when. It is only added to: the database refuses to change or remove a row."""

from __future__ import annotations

import sqlalchemy as sa

from components.library.clock import moment
from components.library.records import Audited
from components.library.tables import audit

LONGEST = 200


class Audit:
    """Rows of `audit`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, person: str, action: str, about: str = "") -> None:
        """Notes it with the database's time; `about` never holds a prompt, a key or a link."""
        row = {"person": person, "action": action, "about": about[:LONGEST], "at": moment(self._engine)}
        with self._engine.begin() as connection:
            connection.execute(sa.insert(audit).values(**row))

    def newest(self, limit: int, before: int | None = None) -> list[Audited]:
        """The last first; `before` is the id of the last one that is known already."""
        query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
        query = query if before is None else query.where(audit.c.id < before)
        with self._engine.connect() as connection:
            return [Audited.model_validate(row) for row in connection.execute(query)]
