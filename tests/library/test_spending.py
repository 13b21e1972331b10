"""Sums of what live generations cost: by provider, from a moment on, each owner's own."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
import sqlalchemy as sa

from components.errors import GenerationFailed, OutcomeUnknown, RateLimited, RequestRefused
from components.library.spending import Spending, Spent
from components.library.tables import generation

MONTH = 1_000.0


@pytest.fixture
def add(library, add_generation):
    """Adds finished generations."""

    def add(*rows: dict) -> None:
        for row in rows:
            values = {"state": "done", "submitted_at": MONTH - 9, "finished_at": MONTH} | row
            name = add_generation(uuid.uuid4().hex, owner=values.pop("owner", "local"))
            with library.begin() as connection:
                connection.execute(sa.update(generation).where(generation.c.id == name).values(**values))

    return add


@pytest.fixture
def spent(library, add):
    """Adds finished generations, then sums."""

    def spent(*rows: dict) -> list[Spent]:
        add(*rows)
        return Spending(library, "local").by_provider(MONTH)

    return spent


def test_spent_when_nothing_was_made_then_nothing(spent):
    assert spent() == []


def test_spent_when_two_models_of_a_provider_then_one_sum_and_the_month_apart(spent):
    [segmind] = spent(
        {"cost_micros": 1_500_000},
        {"cost_micros": 250_000, "model": "segmind/hunyuan-video", "finished_at": MONTH - 1},
    )
    assert segmind == Spent(provider="segmind", recent=Decimal("1.5"), total=Decimal("1.75"), priced=2, unpriced=0)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"state": "uncertain"},
        {"state": "failed"},
        {"state": "failed", "error": {"code": GenerationFailed.code}},
        {"state": "uncertain", "error": {"code": OutcomeUnknown.code}},
    ],
)
def test_spent_when_something_was_sent_and_no_price_told_then_counted_apart(spent, row):
    assert [(each.priced, each.unpriced) for each in spent(row)] == [(0, 1)]
    assert [(each.priced, each.unpriced) for each in spent({"cost_micros": 1})] == [(1, 1)]


@pytest.mark.parametrize(
    "row",
    [
        {"state": "cancelled", "submitted_at": None},
        {"state": "failed", "submitted_at": None},
        {"state": "failed", "error": {"code": RequestRefused.code}},
        {"state": "failed", "error": {"code": RateLimited.code}},
        {"state": "running", "finished_at": None},
    ],
)
def test_spent_when_nothing_was_started_or_it_goes_on_then_no_price_is_missed(spent, row):
    assert spent(row) == []


def test_spent_when_of_the_sandbox_or_of_another_owner_or_model_then_left_out(spent):
    assert not spent(
        {"cost_micros": 5, "sandbox": True},
        {"cost_micros": 5, "owner": "other"},
        {"cost_micros": 5, "model": "gone/x"},
    )


def test_sandbox_when_it_tells_prices_then_they_are_summed_apart_and_never_spent(library, add, spent):
    live = spent({"cost_micros": 1_500_000})
    add(
        {"cost_micros": 1_464_000, "sandbox": True},
        {"cost_micros": 970_000, "sandbox": True, "model": "runware/omnihuman-1"},
        {"cost_micros": None, "sandbox": True},
        {"cost_micros": 5_000_000, "sandbox": True, "owner": "other"},
    )
    assert Spending(library, "local").by_provider(MONTH) == live
    assert Spending(library, "local").would_have_cost() == Decimal("2.434")


def test_sandbox_when_nothing_was_made_there_then_it_would_have_cost_nothing(library, spent):
    spent({"cost_micros": 1_500_000})
    assert Spending(library, "local").would_have_cost() == 0
