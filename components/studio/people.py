"""Who comes in and as what: by the settings, and by what admins set on the page, which goes first."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeVar

import sqlalchemy as sa

from components.errors import InvalidRequest
from components.library.audit import Audit
from components.library.people import People as Rows
from components.library.people import Sessions, hand_over, made_any
from components.library.records import Audited, PersonRole, SignedIn
from components.library.roles import Roles, is_email, tidy
from components.library.spreadsheet import written
from components.settings import Settings
from components.studio.person import LOCAL

K = TypeVar("K")
V = TypeVar("V")
AUDIT_PAGE, MOST_EXPORTED = 50, 100_000
ORDER = ("admin", "member", "viewer", "out", None)
KNOWN_SECONDS = 5.0
"""For how long a process takes who somebody is for known; whom another process takes out is out so much later."""
MOST_KNOWN = 5000
Refusal = Literal["unverified", "unlisted", "ended"]


@dataclass(frozen=True)
class Claim:
    """What a request proves of who sent it."""

    email: str
    session: str
    """Tells this sign-in from every other one; of a cookie a hash, never the cookie itself."""
    verified: bool = True
    """Whether the address is known to be theirs."""


@dataclass(frozen=True)
class Visitor:
    """Whoever sent a request: one of the studio's people, or why they are not."""

    email: str
    session: str
    role: PersonRole | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Listed:
    """One of the people, or a whole domain (`@example.com`), as an admin sees them."""

    email: str
    role: PersonRole | None
    fixed: bool
    """Whether the settings name them: the page cannot change that."""
    signed_in: SignedIn | None


class Admission:
    """Decides whom a request's claim lets in. Of all people, for the guard and the pages."""

    def __init__(self, database: sa.Engine, settings: Settings) -> None:
        self.listed, self._sessions, self._audit = Roles(database, settings), Sessions(database), Audit(database)
        self._known: dict[Claim, tuple[float, Visitor]] = {}
        self._roles: dict[str, tuple[float, PersonRole | None]] = {}

    def admit(self, claim: Claim) -> Visitor:
        """Who it is; what was found a few seconds ago still holds."""
        return _kept(self._known, claim, self._ask)

    def role(self, email: str) -> PersonRole | None:
        """What somebody may do; None where nobody has let them in. A few seconds old at the most."""
        return _kept(self._roles, email, self.listed.get)

    def end(self, claim: Claim) -> None:
        """The sign-in does not count any more, whoever still has its cookie."""
        email = tidy(claim.email)
        if is_email(email):
            self._sessions.end(claim.session, email)
        self.forget()

    def forget(self) -> None:
        """What was known is asked for anew."""
        self._known.clear()
        self._roles.clear()

    def _ask(self, claim: Claim) -> Visitor:
        email = tidy(claim.email)
        role = self.role(email)
        if not claim.verified:
            return Visitor(email, claim.session, refusal="unverified")
        if role is None or role == "out":
            return Visitor(email, claim.session, refusal="unlisted")
        if not self._is_open(claim.session, email):
            return Visitor(email, claim.session, refusal="ended")
        return Visitor(email, claim.session, role)

    def _is_open(self, session: str, email: str) -> bool:
        """Whether a sign-in counts; one that is new is noted. Asked every few seconds, so most often only read."""
        known = self._sessions.is_open(session, email)
        if known is not None:
            return known
        if self._sessions.begin(session, email):
            self._audit.add(email, "signed in")
            return True
        return bool(self._sessions.is_open(session, email))  # another request of the same browser was quicker


class People:
    """What an admin does with the people of the studio."""

    def __init__(self, database: sa.Engine, admission: Admission, owner: str) -> None:
        self._database, self._admission, self._owner = database, admission, owner
        self._rows, self._sessions, self._audit = Rows(database), Sessions(database), Audit(database)

    def all(self) -> list[Listed]:
        """Whom the settings name, whole domains too, and who was set on the page; admins first."""
        open_ = {one.person: one for one in self._sessions.open()}
        named = {name: role for role, names in reversed(self._admission.listed.by_settings) for name in names}
        typed = {email: role for email, role in self._rows.all().items() if email not in named}
        found = [Listed(name, role, True, open_.get(name)) for name, role in named.items()]
        found += [Listed(name, role, False, open_.get(name)) for name, role in typed.items()]
        # Of a domain that the settings let in.
        found += [
            Listed(name, self._admission.role(name), False, each)
            for name, each in open_.items()
            if name not in named and name not in typed
        ]
        return sorted(found, key=lambda one: (ORDER.index(one.role), one.email))

    def set_role(self, email: str, role: PersonRole | None) -> None:
        """Lets somebody in, or takes them out; None leaves it to the settings.

        Raises:
            InvalidRequest: it is no e-mail address, or one that the settings name.
        """
        email = tidy(email)
        if not is_email(email):
            raise InvalidRequest({"email": f"{email or 'Nothing'} is no e-mail address."})
        if self._admission.listed.named(email):
            raise InvalidRequest({"email": f"{email} is named in the settings; change it there."})
        if role is None:
            self._rows.forget(email)
        else:
            self._rows.set(email, role)
        self._admission.forget()

    def sign_out(self, email: str) -> int:
        """Ends every sign-in of a person; how many these were."""
        ended = self._sessions.end_all(tidy(email))
        self._admission.forget()
        return ended

    def has_before(self) -> bool:
        """Whether there is anything that was made before people signed in."""
        return made_any(self._database, LOCAL)

    def take_over(self) -> int:
        """Takes for one's own what was made before people signed in; how many generations these were."""
        return hand_over(self._database, LOCAL, self._owner)

    def audit(self, before: int | None = None) -> list[Audited]:
        """Who did what, the last first, a page of it; `before` is the id of the last one of the page before."""
        return self._audit.newest(AUDIT_PAGE, before)

    def audit_csv(self) -> str:
        """All of it for a spreadsheet, the last first, with times in UTC."""
        rows = [(_utc(one.at), one.person, one.action, one.about) for one in self._audit.newest(MOST_EXPORTED)]
        return written([("time", "person", "action", "about"), *rows])


def _kept(known: dict[K, tuple[float, V]], key: K, ask: Callable[[K], V]) -> V:
    """What was found a few seconds ago still holds; `known` stays small, whoever knocks."""
    found = known.get(key)
    if found and time.monotonic() < found[0]:
        return found[1]
    value = ask(key)
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[key] = (time.monotonic() + KNOWN_SECONDS, value)
    return value


def session_id(*proofs: str) -> str:
    """Tells sign-ins apart without keeping what proves them."""
    return hashlib.sha256("\n".join(proofs).encode()).hexdigest()


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
