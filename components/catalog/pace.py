"""How much a provider takes at a time. Facts only: who waits, and how, is the engine's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """A provider's limits; None is no limit."""

    per_minute: int | None = None
    """Requests that are sent within any minute."""
    at_once: int | None = None
    """Generations that are out at the same time."""

    @property
    def is_limited(self) -> bool:
        return self.per_minute is not None or self.at_once is not None
