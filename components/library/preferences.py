"""Keeps an owner's few switches, by name. Knows no screen."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from components.library.tables import preference


class Preferences:
    """Rows of the table `preference`, within one owner."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def get(self, name: str, default: Any) -> Any:
        query = sa.select(preference.c.value).where(self._named(name))
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return default if row is None else row.value

    def set(self, name: str, value: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(preference).where(self._named(name)))
            connection.execute(sa.insert(preference).values(owner=self._owner, name=name, value=value))

    def _named(self, name: str) -> sa.ColumnElement[bool]:
        return (preference.c.owner == self._owner) & (preference.c.name == name)
