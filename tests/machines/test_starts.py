"""Processes that start at once on a database that holds nothing yet."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.library.database import one_at_a_time, open_database
from components.library.workers import Workers
from tests.sandbox_server import until

TOGETHER = 4


def pause() -> None:
    time.sleep(0.1)


def test_workers_when_they_start_at_once_on_an_empty_database_then_all_come_to_work(shared, start):
    started = [start(shared) for _ in range(TOGETHER)]
    for worker in started:
        worker.works()
    database = open_database(str(shared.database_url))
    assert len(Workers(database).alive(60)) == TOGETHER
    database.dispose()


@pytest.fixture
def databases(shared):
    both = [open_database(str(shared.database_url)) for _ in range(2)]
    yield both
    for one in both:
        one.dispose()


def test_turn_when_one_waits_for_it_then_an_index_beside_running_queries_is_made_all_the_same(databases):
    holder, waiter = databases

    def wait() -> None:
        with one_at_a_time(waiter, pause):
            pass

    with ThreadPoolExecutor(1) as pool:
        with one_at_a_time(holder, pause), holder.connect().execution_options(isolation_level="AUTOCOMMIT") as own:
            waiting = pool.submit(wait)
            until(lambda: asks_for_the_turn(own))
            own.exec_driver_sql("SET statement_timeout = '20s'")
            own.exec_driver_sql("CREATE TABLE thing (id int)")
            own.exec_driver_sql("CREATE INDEX CONCURRENTLY beside ON thing (id)")
            assert not waiting.done()
        waiting.result(30)


def asks_for_the_turn(connection) -> bool:
    """The holder has asked for it, and the other one, too."""
    locks = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE %s"
    return connection.exec_driver_sql(locks, ("SELECT pg_%advisory_lock%",)).scalar_one() > 1
