"""Sums as a person reads them: the month where they are, by provider's name, and together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components.library.generations import Generations
from components.studio import open_studio
from components.studio.spending import Spending, month_start

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


def test_month_when_it_began_then_at_midnight_of_its_first_day():
    assert month_start(NOW) == datetime(2026, 11, 1, tzinfo=UTC).timestamp()


def test_spending_when_of_two_providers_and_months_then_summed_by_name_and_together(library, add_generation):
    before = month_start(NOW) - timedelta(days=3).total_seconds()
    made = (
        ("segmind/humo", 1_500_000, NOW.timestamp()),
        ("segmind/humo", 500_000, before),
        ("runware/omnihuman-1", 250_000, before),
        ("runware/omnihuman-1", None, before),
    )
    rows = Generations(library, "local")
    for number, (model, cost, ended) in enumerate(made):
        name = add_generation(f"g{number}", model=model)
        rows.move(name, "queued", "running", submitted_at=ended - 1)
        rows.move(name, "running", "done", cost_micros=cost, finished_at=ended)
    costs = Spending(library, "local").at(NOW)
    assert {one.name: (one.month, one.total) for one in [*costs.providers, costs.together]} == {
        "Segmind": (Decimal("1.5"), Decimal("2")),
        "Runware": (Decimal(), Decimal("0.25")),
        "Together": (Decimal("1.5"), Decimal("2.25")),
    }
    assert costs.without_price == 1


def test_sandbox_when_it_made_a_video_then_its_price_is_told_and_nothing_is_spent(settings):
    asked = {"prompt": "A quiet sea", "video_length": 5, "width": 320, "height": 192}
    with open_studio(settings) as studio:
        made = studio.wait(studio.submit("segmind/hunyuan-video", asked).id, 120)
        costs = studio.spending.at(datetime.now(UTC))
    assert (made.sandbox, made.cost) == (True, Decimal("1.464"))
    assert (costs.providers, costs.sandbox, costs.without_price) == ((), Decimal("1.464"), 0)
