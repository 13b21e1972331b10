"""Tokens with which programs come in for a person: made and revoked here, held against what a program says."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa

from components.errors import InvalidRequest, NotFound, TokenRefused
from components.library.ceilings import OF_TOKEN
from components.library.ceilings import Ceilings as CeilingRows
from components.library.records import LONGEST_TOKEN_NAME, Ceiling, PersonRole, Token
from components.library.tokens import Tokens as Rows
from components.settings import Settings
from components.studio.people import Admission
from components.studio.person import LOCAL, Person, lesser

PREFIX = "st_"
"""By which a token that was left in a file or a log is found."""
WORDS = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
MOST_TOKENS, MOST_DAYS, DAY = 50, 3650, 86400.0
TokenRole = Literal["viewer", "member", "admin"]


@dataclass(frozen=True)
class Made:
    """A new token, and what it says: shown this once, and kept nowhere."""

    words: str
    token: Token


@dataclass(frozen=True)
class Held:
    """A token with the ceiling of its own, which limits nothing where there is none."""

    token: Token
    ceiling: Ceiling


class Tokens:
    """One person's tokens."""

    def __init__(self, database: sa.Engine, person: Person) -> None:
        self._database, self._person, self._rows = database, person, Rows(database, person.owner)

    def all(self) -> list[Held]:
        """Those that were not revoked, the newest first."""
        return [Held(one, self._ceiling(one.id).get() or Ceiling()) for one in self._rows.all()]

    def make(
        self, name: str, role: TokenRole = "member", ceiling: Ceiling | None = None, days: int | None = None
    ) -> Made:
        """A new token.

        Args:
            name: what the person calls the program.
            role: the most that it may do; its owner's role limits it too, at each act.
            ceiling: of what is sent with it, beside its owner's and the team's.
            days: after which it ends; None is never.

        Raises:
            InvalidRequest: no name, more than its owner may do, or too many tokens.
        """
        called = " ".join("".join(one if one.isprintable() else " " for one in name).split())[:LONGEST_TOKEN_NAME]
        if problems := self._problems(called, role, days):
            raise InvalidRequest(problems)
        token_id, words = uuid.uuid4().hex, PREFIX + secrets.token_urlsafe(32)
        # Before the token itself, which is never good without it.
        self._ceiling(token_id).set(ceiling)
        seconds = None if days is None else days * DAY
        return Made(words, self._rows.add(token_id, digest(words), called, role, seconds))

    def revoke(self, token_id: str) -> None:
        """From now on nobody comes in with it; what it sent goes on, and counts.

        Raises:
            NotFound: there is no such token of theirs.
        """
        if not self._rows.revoke(token_id):
            raise NotFound("There is no such token.", "It may have been revoked already.")

    def _problems(self, name: str, role: PersonRole, days: int | None) -> dict[str, str]:
        found = {}
        if not name:
            found["name"] = "Say what the token is for."
        if role not in get_args(TokenRole) or lesser(role, self._person.role) != role:
            found["role"] = "A token may not do more than you may."
        if days is not None and not 1 <= days <= MOST_DAYS:
            found["days"] = f"A token lasts 1 to {MOST_DAYS} days, or until it is revoked."
        if len(self._rows.all()) >= MOST_TOKENS:
            found["tokens"] = f"There are {MOST_TOKENS} tokens already; revoke one."
        return found

    def _ceiling(self, token_id: str) -> CeilingRows:
        return CeilingRows(self._database, OF_TOKEN + token_id)


class Door:
    """Lets programs in: each as the person who made its token, and never as anybody by a cookie."""

    def __init__(self, database: sa.Engine, settings: Settings, admission: Admission) -> None:
        self._rows, self._settings, self._admission = Rows(database, None), settings, admission

    def admit(self, words: str) -> Person:
        """Whose program says this.

        Raises:
            TokenRefused: no good token says it, or its owner is none of the people.
        """
        found = self._rows.find(digest(words)) if WORDS.fullmatch(words) else None
        if found is None or self._role(found.owner) in (None, "out"):
            raise TokenRefused("This token is not good.", "Make a new one on the settings page.")
        with suppress(sa.exc.SQLAlchemyError):
            # For the page only: a busy database keeps no program out.
            self._rows.note_use(found.id)
        return Person(found.owner, lambda: self._role(found.owner), found)

    def _role(self, owner: str) -> PersonRole | None:
        """Without sign-in there is one person, and with it everybody but that one."""
        if self._settings.sign_in == "off":
            return "admin" if owner == LOCAL else None
        return None if owner == LOCAL else self._admission.role(owner)


def digest(words: str) -> str:
    """What is kept of a token: its 256 random bits need no slower hash."""
    return hashlib.sha256(words.encode()).hexdigest()
