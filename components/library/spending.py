"""Adds up what live generations cost, by provider, and apart from it what those of the sandbox would have cost."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from pydantic import BaseModel

from components.catalog import MODELS
from components.errors import NotStarted, StudioError
from components.library.records import ENDED, NOT_MADE
from components.library.tables import generation


class Spent(BaseModel, frozen=True):
    """US dollars as the provider named them; `unpriced` counts what may have been charged without a price."""

    provider: str
    recent: Decimal
    total: Decimal
    priced: int
    unpriced: int


class Spending:
    """One owner's sums."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def by_provider(self, since: float) -> list[Spent]:
        """In all, and from a moment on (unix seconds), in the catalog's order."""
        cost, ended = generation.c.cost_micros, sa.func.coalesce(generation.c.finished_at, generation.c.created_at)
        query = (
            sa.select(
                generation.c.model,
                sa.func.coalesce(sa.func.sum(sa.case((ended >= since, cost))), 0).label("recent"),
                sa.func.coalesce(sa.func.sum(cost), 0).label("total"),
                sa.func.count(cost).label("priced"),
                sa.func.sum(sa.case((_unpriced(), 1), else_=0)).label("unpriced"),
            )
            .where(generation.c.owner == self._owner, generation.c.sandbox.is_(False))
            .group_by(generation.c.model)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        found = [_added(name, [row for row in rows if _provider(row.model) == name]) for name in _PROVIDERS]
        return [each for each in found if each.priced or each.unpriced]

    def would_have_cost(self) -> Decimal:
        """US dollars that the sandbox's videos would have cost at their providers; nobody pays them."""
        query = sa.select(sa.func.sum(generation.c.cost_micros)).where(
            generation.c.owner == self._owner, generation.c.sandbox.is_(True)
        )
        with self._engine.connect() as connection:
            return Decimal(int(connection.execute(query).scalar() or 0)) / 1_000_000


def _unpriced() -> sa.ColumnElement[bool]:
    """Sent and ended without a price; not where the answer proves that nothing was started."""
    sent = generation.c.submitted_at.is_not(None) & generation.c.state.in_(ENDED)
    return sent & generation.c.cost_micros.is_(None) & ~nothing_charged()


def nothing_charged() -> sa.ColumnElement[bool]:
    """Its error proves that nothing was started, or a person found so."""
    code = sa.func.coalesce(generation.c.error["code"].as_string(), "")
    return code.in_({*_codes(NotStarted), NOT_MADE})


def _codes(error: type[StudioError]) -> set[str]:
    """Of this kind of error and all below it."""
    return {error.code}.union(*map(_codes, error.__subclasses__()))


_PROVIDERS = tuple(dict.fromkeys(spec.provider for spec in MODELS.values()))


def _provider(model_id: str) -> str:
    return MODELS[model_id].provider if model_id in MODELS else ""


def _added(provider: str, rows: list[sa.Row[tuple[str, int, int, int, int]]]) -> Spent:
    def dollars(name: str) -> Decimal:
        return Decimal(sum(int(row._mapping[name]) for row in rows)) / 1_000_000

    def count(name: str) -> int:
        return sum(int(row._mapping[name]) for row in rows)

    return Spent(
        provider=provider,
        recent=dollars("recent"),
        total=dollars("total"),
        priced=count("priced"),
        unpriced=count("unpriced"),
    )
