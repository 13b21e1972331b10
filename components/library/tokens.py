"""Keeps the tokens of programs, by a hash of what they say. Decides nothing and knows no words."""

from __future__ import annotations

import sqlalchemy as sa

from components.library.clock import moment
from components.library.records import PersonRole, Token
from components.library.tables import token

USED = 60.0
"""Seconds in which one use is noted, and no more: a question should write nothing."""


class Tokens:
    """Rows of `token`, within one owner. `owner=None` is the door, which asks for everyone."""

    def __init__(self, engine: sa.Engine, owner: str | None) -> None:
        self._engine, self._owner = engine, owner

    def add(self, token_id: str, sha256: str, name: str, role: PersonRole, seconds: float | None) -> Token:
        """A new one, which ends after so many seconds of the database's clock; None is never."""
        now = moment(self._engine)
        row = {"id": token_id, "owner": self._owner, "name": name, "sha256": sha256, "role": role}
        ends = None if seconds is None else now + seconds
        with self._engine.begin() as connection:
            connection.execute(sa.insert(token).values(created_at=now, expires_at=ends, **row))
            return Token.model_validate(connection.execute(sa.select(token).where(token.c.id == token_id)).one())

    def all(self) -> list[Token]:
        """Those that were not revoked, the newest first."""
        query = sa.select(token).where(self._mine(), token.c.revoked_at.is_(None))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(token.c.created_at.desc()))
            return [Token.model_validate(row) for row in rows]

    def revoke(self, token_id: str) -> bool:
        """Whether there was such a one that had not been revoked."""
        change = sa.update(token).where(token.c.id == token_id, self._mine(), token.c.revoked_at.is_(None))
        with self._engine.begin() as connection:
            return connection.execute(change.values(revoked_at=moment(self._engine))).rowcount == 1

    def find(self, sha256: str) -> Token | None:
        """The one whose words have this hash, as long as it is good; never from memory, so that an end is one."""
        now = moment(self._engine)
        good = token.c.revoked_at.is_(None) & (token.c.expires_at.is_(None) | (token.c.expires_at > now))
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(token).where(token.c.sha256 == sha256, good)).one_or_none()
        return None if row is None else Token.model_validate(row)

    def note_use(self, token_id: str) -> None:
        """Notes that it is in use, at most once a minute."""
        now = moment(self._engine)
        stale = token.c.last_used_at.is_(None) | (token.c.last_used_at < now - USED)
        with self._engine.connect() as connection:
            if connection.execute(sa.select(token.c.id).where(token.c.id == token_id, stale)).first() is None:
                return
        with self._engine.begin() as connection:
            connection.execute(sa.update(token).where(token.c.id == token_id, stale).values(last_used_at=now))

    def _mine(self) -> sa.ColumnElement[bool]:
        return sa.true() if self._owner is None else token.c.owner == self._owner
