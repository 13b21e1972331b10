"""What counts under a ceiling, on which day and month, and until when."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from components.errors import GenerationFailed, RequestRefused, ServerFailed
from components.library.ceilings import Ceilings, Counted, periods
from components.library.records import NOT_MADE, Ceiling
from components.library.tables import generation

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CENTS = 10_000


@pytest.fixture
def ceilings(library):
    return Ceilings(library, "local")


@pytest.fixture
def counted(library, ceilings, add_generation):
    """Adds a live generation of noon for which $2.00 is reserved, and says what counts then."""

    def counted(now=NOON, zone="UTC", **values):
        row = {"reserved_micros": 200 * CENTS, "submitted_at": 1.0, "created_at": NOON.timestamp()} | values
        name = add_generation(f"g{len(values)}", owner=row.pop("owner", "local"))
        with library.begin() as connection:
            connection.execute(sa.update(generation).where(generation.c.id == name).values(**row))
        return ceilings.count_now(periods(zone, now.timestamp()))

    return counted


def error(code):
    return {"code": code.code if isinstance(code, type) else code, "message": "", "hint": ""}


@pytest.mark.parametrize(
    "row",
    [
        {"state": "queued", "submitted_at": None},
        {"state": "submitting"},
        {"state": "running"},
        {"state": "saving"},
        {"state": "done"},
        {"state": "uncertain"},
        {"state": "failed", "error": error(GenerationFailed)},
        {"state": "failed", "error": error(ServerFailed)},
    ],
)
def test_count_when_something_may_be_charged_then_what_was_reserved(counted, row):
    assert counted(**row).day == Decimal(2)


@pytest.mark.parametrize("state", ["running", "done", "failed", "uncertain"])
@pytest.mark.parametrize("cents", [0, 25, 900])
def test_count_when_the_cost_is_told_then_the_cost_whatever_was_reserved(counted, state, cents):
    told = counted(state=state, cost_micros=cents * CENTS, settled_at=2.0)
    assert (told.day, told.month) == (Decimal(cents) / 100, Decimal(cents) / 100)


@pytest.mark.parametrize(
    "row",
    [
        {"state": "cancelled", "submitted_at": None},
        {"state": "failed", "submitted_at": None},
        {"state": "failed", "error": error(RequestRefused)},
        {"state": "failed", "error": error(NOT_MADE)},
        {"state": "failed", "error": error(ServerFailed), "settled_at": 2.0},
        {"state": "done", "sandbox": True},
        {"state": "done", "owner": "someone else"},
        {"state": "done", "reserved_micros": None},
    ],
)
def test_count_when_nothing_is_charged_or_nobody_reserved_then_nothing(counted, row):
    assert counted(**row) == Counted(Decimal(), Decimal(), 0)


def test_count_when_under_way_then_told_of_any_day(counted):
    later = counted(state="running", now=NOON.replace(month=12))
    assert later == Counted(Decimal(), Decimal(), 1)
    assert counted(state="saving", sandbox=True).under_way == 1


@pytest.mark.parametrize(
    ("zone", "now", "day", "month"),
    [
        ("UTC", "2026-11-20T23:59:59+00:00", 2, 2),
        ("UTC", "2026-11-21T00:00:00+00:00", 0, 2),
        ("UTC", "2026-12-01T00:00:00+00:00", 0, 0),
        ("Asia/Tokyo", "2026-11-20T14:59:59+00:00", 2, 2),
        ("Asia/Tokyo", "2026-11-20T15:00:00+00:00", 0, 2),
        ("Asia/Tokyo", "2026-11-30T15:00:00+00:00", 0, 0),
        ("America/New_York", "2026-12-01T04:59:59+00:00", 0, 2),
        ("Nowhere/Known", "2026-11-21T00:00:00+00:00", 0, 2),
    ],
)
def test_count_when_a_day_or_month_ends_in_the_ceilings_zone_then_begins_anew(counted, zone, now, day, month):
    found = counted(state="done", zone=zone, now=datetime.fromisoformat(now))
    assert (found.day, found.month) == (day, month)


def test_periods_when_the_clocks_change_then_a_day_ends_at_midnight_all_the_same():
    berlin = ZoneInfo("Europe/Berlin")
    since = periods("Europe/Berlin", datetime(2026, 10, 25, 18, tzinfo=UTC).timestamp())
    assert (since.day, since.next_day) == (
        datetime(2026, 10, 25, tzinfo=berlin),
        datetime(2026, 10, 26, tzinfo=berlin),
    )
    assert since.next_day.timestamp() - since.day.timestamp() == 25 * 3600
    assert since.next_month == datetime(2026, 11, 1, tzinfo=berlin)


def test_ceiling_when_set_changed_and_taken_away_then_each_owner_has_their_own(library, ceilings):
    assert ceilings.get() is None
    first = Ceiling(day=Decimal("5.5"), zone="Europe/Berlin")
    second = Ceiling(month=Decimal(100), in_flight=3)
    for each in (first, second):
        ceilings.set(each)
        assert ceilings.get() == each
    assert Ceilings(library, "someone else").get() is None
    ceilings.set(None)
    assert ceilings.get() is None
