"""Says how the next submissions shall go wrong or slow, for tests and demos. Knows no provider's shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, Field

Kind = Literal["credits", "key", "busy", "server", "lost"]
"""What a refusal says, whichever code a provider says it with."""


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

    def refusal(self, codes: Mapping[Kind, int]) -> int | None:
        """The code to refuse with, given a provider's own codes by meaning; None where it shall be taken."""
        return codes[self.kind] if self.kind else self.answer


class Rehearsals:
    """The rehearsal that is on, and for how many more submissions."""

    def __init__(self) -> None:
        self.clear()

    def set(self, rehearsal: Rehearsal) -> None:
        self._current, self._left = rehearsal, rehearsal.times

    def clear(self) -> None:
        self._current, self._left = Rehearsal(), 0

    def next(self) -> Rehearsal:
        """What the submission at hand meets."""
        if not self._left:
            return Rehearsal()
        self._left -= 1
        return self._current
