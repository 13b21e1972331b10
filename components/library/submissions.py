"""Keeps under which key a program sent what, so that a request that is sent again makes nothing new.

The key is written in the transaction that enqueues: two that come at once wait for each other there.
Source: draft-ietf-httpapi-idempotency-key-header-07 (what a key is, and what a repeat answers; read 2026-11-30).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from components.errors import RepeatDiffers
from components.library.clock import moment
from components.library.database import INSERTS
from components.library.tables import submission


class SentBefore(Exception):
    """Another with the same key was first; nothing of this one is stored."""


@dataclass(frozen=True)
class Once:
    """What makes two requests one: the key that a program chose. `request` is a hash of what it asks for."""

    key: str
    request: str


def once(key: str, model: str, parameters: Mapping[str, Any]) -> Once:
    """The same whatever the order of the parameters."""
    asked = json.dumps([model, parameters], sort_keys=True, separators=(",", ":"))
    return Once(key, hashlib.sha256(asked.encode()).hexdigest())


class Submissions:
    """Rows of `submission` of one owner. They are kept for good: a key never pays twice, however late it comes."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def find(self, asked: Once) -> str | None:
        """The generation that was made under this key; None where there is none yet.

        Raises:
            RepeatDiffers: it was made of another request.
        """
        columns = sa.select(submission.c.request, submission.c.generation_id)
        with self._engine.connect() as connection:
            row = connection.execute(columns.where(*self._under(asked.key))).one_or_none()
        if row is not None and row.request != asked.request:
            raise RepeatDiffers(
                "Another request was sent under this key before.",
                "Nothing was sent. Use a new key for a new request.",
            )
        return None if row is None else str(row.generation_id)

    def claim(self, connection: sa.Connection, asked: Once, generation_id: str) -> None:
        """Takes the key within the caller's transaction, first of all that it writes.

        One that has the key already and has not ended is waited for.

        Raises:
            SentBefore: it is taken.
        """
        row = {"owner": self._owner, "key": asked.key, "request": asked.request, "generation_id": generation_id}
        new = INSERTS[self._engine.dialect.name](submission).values(created_at=moment(self._engine), **row)
        # RETURNING, because psycopg tells no count of an INSERT.
        if connection.execute(new.on_conflict_do_nothing().returning(submission.c.key)).first() is None:
            raise SentBefore

    def _under(self, key: str) -> tuple[sa.ColumnElement[bool], ...]:
        return submission.c.owner == self._owner, submission.c.key == key
