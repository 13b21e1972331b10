"""How the providers do, as a person asks for it: in the last thirty days, from this studio's own generations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from components.catalog import MODELS
from components.library.health import Health as Rows

LATELY = 30 * 86400.0


@dataclass(frozen=True)
class ProviderState:
    """Of one provider; `last_success` is unix seconds, None where there was no video yet."""

    name: str
    last_success: float | None
    ended: int
    without_video: int
    half_within: float | None
    """Seconds; None where no video was made lately."""
    most_within: float | None
    """Seconds, of nine in ten."""


class Health:
    """One owner's view; the sandbox is not in it."""

    def __init__(self, database: sa.Engine, owner: str) -> None:
        self._rows = Rows(database, owner)

    def at(self, now: float) -> tuple[ProviderState, ...]:
        """Of each provider that was ever used with a key."""
        names = {spec.provider: spec.provider_name for spec in MODELS.values()}
        return tuple(
            ProviderState(
                name=names[each.provider],
                last_success=each.last_success,
                ended=each.ended,
                without_video=each.without_video,
                half_within=quantile(each.seconds, 0.5),
                most_within=quantile(each.seconds, 0.9),
            )
            for each in self._rows.by_provider(now - LATELY)
        )


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The value that this share of them does not exceed, by nearest rank; None of none."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None
