"""Queries on assets: the files that users gave."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from components.errors import NotFound
from components.library.records import Asset
from components.library.sight import Sight
from components.library.tables import asset


class Assets:
    """Rows of the table `asset`, within one owner. `owner=None` is the engine, which works for everyone.

    Args:
        engine: of the database.
        owner: whose are added and found again.
        sight: whose may be looked at and used beside those.
    """

    def __init__(self, engine: sa.Engine, owner: str | None, sight: Sight | None = None) -> None:
        self._engine, self._owner, self._sight = engine, owner, sight

    def add(self, **values: Any) -> Asset:
        with self._engine.begin() as connection:
            connection.execute(sa.insert(asset).values(owner=self._owner, **values))
        return self.get(values["id"])

    def get(self, asset_id: str) -> Asset:
        seen = self._sight.of(asset) if self._sight else self._mine()
        query = sa.select(asset).where(asset.c.id == asset_id, seen)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("That file is not in the library.", "Add it again.")
        return Asset.model_validate(row)

    def same_content(self, kind: str, sha256: str, name: str = "") -> Asset | None:
        """An asset of the same content, so that a file given twice is kept once: of this name, else the newest."""
        query = (
            sa.select(asset)
            .where(self._mine(), asset.c.kind == kind, asset.c.sha256 == sha256)
            .order_by((asset.c.name == name).desc(), asset.c.created_at.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Asset.model_validate(row)

    def _mine(self) -> sa.ColumnElement[bool]:
        return sa.true() if self._owner is None else asset.c.owner == self._owner


def described(one: Asset) -> str:
    """What a file is, without its name, which may be a person's; e.g. `picture, 900 × 1200 pixels`."""
    if one.kind == "audio":
        return f"sound, {one.facts['seconds']:.1f} s"
    return f"picture, {one.facts['width']} × {one.facts['height']} pixels"
