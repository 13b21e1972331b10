"""Who uses a studio, and what each of them may do: the rights of all on one screen.

admin     everything: keys, limits, people, and what anybody made
member    their own work
viewer    looks, never spends
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, Literal

from components.errors import NotAllowed
from components.library.audit import Audit
from components.library.records import PersonRole, Token

log = logging.getLogger(__name__)

Right = Literal["look", "make", "administer"]
ALLOWS: dict[PersonRole | None, tuple[Right, ...]] = {
    "admin": ("look", "make", "administer"),
    "member": ("look", "make"),
    "viewer": ("look",),
    "out": (),
    None: (),
}
REFUSALS: dict[Right, str] = {
    "look": "You are signed out, or no longer one of this studio's people.",
    "make": "You look on in this studio: you cannot make or change anything.",
    "administer": "Only an admin of this studio may do that.",
}
LOCAL = "local"
"""The owner of everything while nobody signs in."""


@dataclass(frozen=True)
class Act:
    """What a method of the studio needs, and what the audit calls it; without a word it is not noted."""

    right: Right
    word: str = ""
    about: Callable[..., object] = lambda *_: ""
    """What it was done to, from the result and the arguments in their order; never a prompt, a key or a link."""
    whose: Callable[..., Collection[str]] = lambda *_: ()
    """Whose that is, from the same; others than the person are named."""


class Person:
    """Whose studio it is.

    Args:
        owner: their e-mail address, or `local`.
        role: asked at each act, because an admin may change it meanwhile.
        token: with which a program comes in for them; it may do no more than the token allows.
    """

    def __init__(self, owner: str, role: Callable[[], PersonRole | None], token: Token | None = None) -> None:
        self.owner, self._role, self.token = owner, role, token

    @property
    def role(self) -> PersonRole | None:
        return self._role() if self.token is None else lesser(self._role(), self.token.role)

    @property
    def is_local(self) -> bool:
        """Whether nobody signs in here."""
        return self.owner == LOCAL

    @property
    def sees_all(self) -> bool:
        """Whether what others made is theirs to look at; where nobody signs in, others were here before that."""
        return not self.is_local and self.may("administer")

    def may_change(self, owner: str) -> bool:
        """Whether they may cancel, settle, share, put away and have back what this person made."""
        return self.may("make") and (owner == self.owner or self.sees_all)

    @property
    def knows_keys(self) -> bool:
        """Whether they are told that there are keys: admins, and where nobody signs in everybody."""
        return self.is_local or self.may("administer")

    def may(self, right: Right) -> bool:
        return right in ALLOWS[self.role]

    def require(self, right: Right) -> None:
        """Raises NotAllowed where their role does not allow it."""
        if not self.may(right):
            raise NotAllowed(REFUSALS[right], "Ask an admin.")


def lesser(one: PersonRole | None, other: PersonRole | None) -> PersonRole | None:
    """Of two roles the one that allows less."""
    return max(one, other, key=list(ALLOWS).index)


def local() -> Person:
    """The one person of a studio without sign-in, who may do everything."""
    return Person(LOCAL, lambda: "admin")


def guard(studio: object, rights: Mapping[str, Mapping[str, Act]], person: Person, audit: Audit) -> None:
    """From now on nobody calls what their role does not allow, whatever page or program they come from.

    Args:
        studio: has a subject for each name in `rights`, and that a method for each name within.
        rights: what each needs.
        person: whose studio it is.
        audit: where is noted what they did.
    """
    for subject, acts in rights.items():
        holder = getattr(studio, subject)
        for name, act in acts.items():
            setattr(holder, name, _guarded(holder, name, act, person, audit))


def _guarded(subject: object, name: str, act: Act, person: Person, audit: Audit) -> Callable[..., Any]:
    """A subject's method as this person may call it; what they did with it is noted once it is done."""

    @wraps(getattr(type(subject), name))
    def call(*args: Any, **named: Any) -> Any:
        person.require(act.right)
        result = getattr(type(subject), name)(subject, *args, **named)
        if act.word and not person.is_local:
            given = signature(getattr(type(subject), name)).bind(subject, *args, **named)
            _note(audit, person, act, result, *given.args[1:])
        return result

    return call


def _note(audit: Audit, person: Person, act: Act, *about: Any) -> None:
    """What is done is done: a generation that was paid for is not lost for a note."""
    try:
        by = f", by {person.token.name}" if person.token else ""
        others = sorted({*act.whose(*about)} - {person.owner})
        of = f", of {', '.join(others)}" if others else ""
        audit.add(person.owner, act.word, f"{act.about(*about)}{by}{of}")
    except Exception:
        log.exception("noting %r in the audit", act.word)
