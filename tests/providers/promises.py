"""What each provider's documents promise, as its folder beside this file says; for the suites that are shared."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from components.providers import PROVIDERS

REFUSED = "the answer says that nothing was started"
UNBILLED = "it started and failed; the provider documents that failures are free"
NOBODY_KNOWS = "behind it the job may run: never sent again by itself"
FREE_AGAIN = "proof that nothing was started, so the studio sends again by itself, and is taken"


@dataclass(frozen=True)
class Row:
    """What one documented error answer to a submission comes to."""

    status: int
    state: str
    code: str
    why: str
    times: int = 1
    """How many submissions are answered so."""

    def __str__(self) -> str:
        return f"{self.status}" + (f"-x{self.times}" if self.times > 1 else "")


@dataclass(frozen=True)
class Promises:
    """Of one provider."""

    rows: tuple[Row, ...]
    """Every code of its own error page."""
    no_credits: int
    """The HTTP code of an empty balance."""
    failures_free: bool = False
    """Whether it documents that a failure of its server is never charged."""
    tells_balance: bool = True
    tells_why: bool = True
    """Whether a failure's own words are fit to be shown."""


PROMISES: dict[str, Promises] = {
    name: import_module(f"tests.providers.{name}.promises").PROMISES for name in PROVIDERS
}
