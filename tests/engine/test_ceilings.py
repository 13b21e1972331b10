"""A ceiling holds in the transaction that enqueues: however many press at once, from threads and processes."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier

import pytest
import sqlalchemy as sa

from components.catalog import MODELS
from components.catalog.reserve import Reserve
from components.engine.ceilings import Room, hindrance, keep_within
from components.errors import CeilingReached
from components.library.ceilings import TEAM, Ceilings, Counted, periods
from components.library.database import migrate, open_database, sqlite_url
from components.library.records import Ceiling
from components.library.tables import generation
from tests.engine.one_press import press
from tests.sandbox_server import ROOT
from tests.sentences import faults

AT_ONCE = 8
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "studio.db")
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def database(url):
    engine = open_database(url)
    migrate(engine)
    yield engine
    engine.dispose()


def press_at_once(database, owners=("local",), **named):
    """How many of several presses at the same moment were taken."""
    together = Barrier(AT_ONCE)

    def one(number):
        with database.connect():
            together.wait(30)
        return press(database, owner=owners[number % len(owners)], **named)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(one, range(AT_ONCE)))


def rows(database):
    with database.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(generation)).scalar_one()


@pytest.mark.parametrize(
    ("limits", "room"),
    [
        ({"day": Decimal("1.99")}, 1),
        ({"month": Decimal(1)}, 1),
        ({"in_flight": 1}, 1),
        ({"in_flight": 3, "day": Decimal(100)}, 3),
        ({"day": Decimal(0)}, 0),
    ],
)
def test_presses_when_threads_make_them_at_once_then_as_many_as_have_room(database, limits, room):
    Ceilings(database, "local").set(Ceiling(**limits))
    assert press_at_once(database) == room
    assert rows(database) == room


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_presses_when_processes_make_them_at_once_then_one_has_the_last_room(database, url):
    Ceilings(database, "local").set(Ceiling(day=Decimal(1)))
    command = [sys.executable, "-m", "tests.engine.one_press", url]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    others = [subprocess.Popen(command, **streams) for _ in range(3)]
    assert [each.stdout.readline() for each in others] == ["ready\n"] * 3
    for each in others:
        each.stdin.write("\n")
        each.stdin.flush()
    said = sorted(each.communicate(timeout=60)[0] for each in others)
    assert said == ["refused\n", "refused\n", "taken\n"]
    assert rows(database) == 1


def test_presses_when_there_is_no_ceiling_or_it_is_anothers_then_all_are_taken(database):
    Ceilings(database, "someone else").set(Ceiling(in_flight=1))
    Ceilings(database, "local").set(None)
    assert press_at_once(database) == AT_ONCE


def test_presses_when_the_team_has_a_ceiling_then_it_holds_for_everybody_together(database):
    for owner, at_once in ((TEAM, 3), ("ann", 2)):
        Ceilings(database, owner).set(Ceiling(in_flight=at_once))
    assert press_at_once(database, owners=("ann", "bob")) == 3
    assert press(database, owner="bob") is False
    with database.connect() as connection:
        anns = connection.execute(sa.select(sa.func.count()).where(generation.c.owner == "ann")).scalar_one()
    assert anns <= 2


def test_presses_when_nobody_pays_then_no_ceiling_stops_them(database):
    Ceilings(database, "local").set(Ceiling(day=Decimal(0), in_flight=1))
    assert press_at_once(database, reserved=None) == AT_ONCE
    assert press(database) is False


def refused(limits, dollars="1", day="0", month="0", under_way=0, basis="estimate", is_team=False):
    """What is said where the provider has counted so much already; nothing where it has room."""
    ceiling = Ceiling(**limits)
    counted = Counted(Decimal(day), Decimal(month), under_way)
    full = hindrance(Room(ceiling, periods(ceiling.zone, NOW), counted, is_team), Reserve(Decimal(dollars), basis))
    assert full is None or (isinstance(full, CeilingReached) and faults(full.info()) == [])
    return str(full or "")


def test_words_when_the_day_is_used_up_then_what_is_left_and_midnight_where_it_is_counted():
    said = refused({"day": 5, "zone": "Europe/Berlin"}, "1.461", day="4.805")
    assert said == (
        "This costs about $1.47; $0.19 of $5.00 is left today. There is room again on 21 November, from midnight "
        "(Europe/Berlin). The ceiling is set on the settings page."
    )


def test_words_when_the_price_is_not_its_own_then_what_it_counts_as_and_why():
    assert "$2.94, the dearest price known, because its own is not published" in refused(
        {"day": 2}, "2.94", basis="dearest"
    )
    assert "$3.00, the price for the longest voice" in refused({"day": 2}, "3", basis="longest")


def test_words_when_day_and_month_are_used_up_then_the_month_which_lasts_longer():
    said = refused({"day": 5, "month": 40}, day="5", month="41.2")
    assert "$0.00 of $40.00 is left this month." in said
    assert "1 December, from midnight (UTC)" in said


def test_words_when_it_is_dearer_than_a_whole_day_then_no_day_is_promised():
    assert "It never fits into $5.00 a day." in refused({"day": 5}, "5.01")
    assert "It never fits into $5.00 a month." in refused({"month": 5}, "5.01")


def test_words_when_too_many_are_under_way_then_room_comes_with_an_end():
    assert refused({"in_flight": 2}, under_way=1) == ""
    assert "2 generations are under way, and the ceiling is 2." in refused({"in_flight": 2}, under_way=2)
    assert "There is room again once one has ended." in refused({"in_flight": 1}, under_way=1)


def test_words_when_it_is_the_teams_then_that_is_said_and_who_sets_it():
    assert refused({"day": 5}, day="4.50", is_team=True) == (
        "This costs about $1.00; $0.50 of the team's $5.00 is left today. "
        "There is room again on 21 November, from midnight (UTC). An admin sets it on the people page."
    )
    assert "the team's ceiling is 1" in refused({"in_flight": 1}, under_way=1, is_team=True)


def test_room_when_it_fits_to_the_last_micro_then_it_is_taken():
    assert refused({"day": "1.5", "month": "1.5"}, "0.500001", day="0.999999", month="0.999999") == ""
    assert refused({"day": "1.5"}, "0.500002", day="0.999999") != ""


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Reserve(Decimal("2.001"), "estimate"), "This costs about $2.01; this request may cost $2.00 at most."),
        (
            Reserve(Decimal("29.1"), "longest"),
            "This counts as $29.10, the price for the longest voice, because its ",
        ),
        (
            Reserve(Decimal("0.1"), "dearest"),
            "Segmind publishes no price for InfiniteTalk, so nobody can say that it ",
        ),
    ],
)
def test_words_when_a_request_may_not_cost_that_much_then_its_price_and_what_to_do(wanted, said):
    with pytest.raises(CeilingReached) as refusal:
        keep_within(MODELS["segmind/infinite-talk"], wanted, Decimal("2.0009"))
    assert refusal.value.message.startswith(said)
    assert faults(refusal.value.info(), "segmind" if wanted.basis == "dearest" else "") == []


def test_request_when_it_may_cost_just_that_much_then_let_through():
    keep_within(MODELS["segmind/infinite-talk"], Reserve(Decimal("2.01"), "estimate"), Decimal("2.01"))
