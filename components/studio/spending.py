"""What live generations cost, as a person asks for it: this month and in all, by provider and together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from components.catalog import MODELS
from components.library.spending import Spending as Rows


@dataclass(frozen=True)
class Sum:
    """US dollars as the provider told them."""

    name: str
    month: Decimal
    total: Decimal


@dataclass(frozen=True)
class Costs:
    """A sum a provider; the sandbox is free and not in it."""

    providers: tuple[Sum, ...]
    sandbox: Decimal
    """What the sandbox's videos would have cost; nobody pays it."""
    without_price: int
    """Live generations that may have been charged and of which no price was told."""

    @property
    def together(self) -> Sum:
        return Sum(
            "Together", _sum(one.month for one in self.providers), _sum(one.total for one in self.providers)
        )


class Spending:
    """One owner's sums."""

    def __init__(self, database: sa.Engine, owner: str) -> None:
        self._rows = Rows(database, owner)

    def at(self, now: datetime) -> Costs:
        """In all, and in the month of this moment, where the visitor is."""
        names = {spec.provider: spec.provider_name for spec in MODELS.values()}
        found = self._rows.by_provider(month_start(now))
        sums = tuple(Sum(names[each.provider], each.recent, each.total) for each in found)
        return Costs(sums, self._rows.would_have_cost(), sum(each.unpriced for each in found))


def month_start(now: datetime) -> float:
    """The first moment of this month where the visitor is, in unix seconds."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def _sum(dollars: Iterable[Decimal]) -> Decimal:
    return sum(dollars, Decimal())
