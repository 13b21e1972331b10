"""Says how the next submissions shall go wrong or slow, for tests and demos. Knows no provider's shapes."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Literal

from pydantic import BaseModel, Field

Kind = Literal["credits", "key", "busy", "server", "lost"]
"""What a refusal says, whichever code a provider says it with."""


SUBMITTER: ContextVar[str] = ContextVar("submitter", default="")
"""Whose request is being answered, as `mark_of` writes them; nobody's where it is no studio's."""


class Rehearsal(BaseModel, frozen=True, extra="forbid"):
    """What happens to a submission; by default nothing out of the ordinary."""

    hold_seconds: float = Field(0.0, ge=0)
    """The answer waits this long, after the ledger was written."""
    answer: int | None = Field(None, ge=400, le=599)
    """Refuse with this documented error instead of accepting."""
    kind: Kind | None = None
    """Refuse with the provider's own documented error of this meaning; goes before `answer`."""
    fail: str = ""
    """Accept, then let the job fail with this text."""
    slow_seconds: float = Field(0.0, ge=0)
    """Accept, then stay in progress this much longer."""
    times: int = Field(1, ge=1)
    """How many submissions it goes for."""
    person: str = ""
    """Whose it goes for, as `mark_of` writes them; without one everybody's."""

    def refusal(self, codes: Mapping[Kind, int]) -> int | None:
        """The code to refuse with, given a provider's own codes by meaning; None where it shall be taken."""
        return codes[self.kind] if self.kind else self.answer


class Rehearsals:
    """The rehearsals that are on, one a person and one for everybody, and for how many more submissions."""

    def __init__(self) -> None:
        self._on: dict[str, Rehearsal] = {}

    def set(self, rehearsal: Rehearsal) -> None:
        self._on[rehearsal.person] = rehearsal

    def clear(self, person: str = "") -> None:
        """Ends a person's; without a name all of them."""
        ended = [person] if person else list(self._on)
        for one in ended:
            self._on.pop(one, None)

    def next(self) -> Rehearsal:
        """What the submission at hand meets: what its own person rehearses, else what everybody does."""
        for person in dict.fromkeys((SUBMITTER.get(), "")):
            if met := self._on.pop(person, None):
                if met.times > 1:
                    self._on[person] = met.model_copy(update={"times": met.times - 1})
                return met
        return Rehearsal()
