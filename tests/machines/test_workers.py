"""Several processes on one Postgres: some show and enqueue, others work, and any of them may die."""

from __future__ import annotations

import signal

import pytest
import sqlalchemy as sa

from components.engine.context import Sends
from components.engine.heartbeat import SILENCE, Heartbeat
from components.engine.runtime import GONE
from components.library.database import open_database
from components.library.tables import worker
from components.studio import open_studio
from tests.postgres_server import start_postgres
from tests.sandbox_server import until
from tests.ui.screen import Screen

JOBS = 10


@pytest.fixture
def ends_well(web):
    """Waits for all of them; gives their states."""
    return lambda jobs: {web.wait(job.id, 120).state for job in jobs}


def test_job_when_a_web_process_enqueues_it_then_a_worker_does_it(web, shared, start, submit, ledger):
    job = submit(web)
    assert (web.generations.get(job.id).state, web.has_workers()) == ("queued", False)
    start(shared)
    until(web.has_workers)
    assert web.wait(job.id, 60).state == "done"
    assert len(ledger.paid()) == 1


def test_jobs_when_three_workers_start_at_once_then_each_is_paid_once_and_none_is_uncertain(
    web, shared, start, submit, ledger, ends_well
):
    for _ in range(3):
        start(shared)
    assert ends_well([submit(web) for _ in range(JOBS)]) == {"done"}
    assert len(ledger.paid()) == JOBS


def test_worker_when_killed_with_work_in_hand_then_another_takes_it_up(
    web, shared, start, submit, ledger, sandbox, ends_well
):
    sandbox.rehearse(slow_seconds=3600, times=3)
    doomed = start(shared).works()
    jobs = [submit(web) for _ in range(3)]
    until(lambda: all(web.generations.get(job.id).state == "running" for job in jobs))
    start(shared).works()
    doomed.kill()
    sandbox.hurry()
    assert ends_well(jobs) == {"done"}
    assert len(ledger.paid()) == 3


def test_worker_when_told_to_stop_then_its_work_is_free_at_once(
    web, shared, start, submit, ledger, sandbox, workers
):
    sandbox.rehearse(slow_seconds=3600)
    leaving = start(shared).works()
    job = submit(web)
    until(lambda: web.generations.get(job.id).state == "running")
    leaving.process.send_signal(signal.SIGTERM)
    assert leaving.ends() == 0
    assert workers.alive(SILENCE) == set()
    sandbox.hurry()
    start(shared)
    assert web.wait(job.id, 60).state == "done"
    assert len(ledger.paid()) == 1


def test_worker_when_it_waits_for_its_last_answers_then_it_still_counts_as_alive(shared, workers):
    database = open_database(str(shared.database_url))
    moment = sa.select(worker.c.beat_at)

    def beat_at():
        with database.connect() as connection:
            return connection.execute(moment).scalar_one()

    heartbeat = Heartbeat(database, "leaving", Sends(), lambda: None)
    with heartbeat.beating():
        with heartbeat.taking_up():
            assert workers.alive(SILENCE) == {"leaving"}
        ended = beat_at()
        until(lambda: beat_at() > ended)
    database.dispose()


def test_worker_when_the_others_took_it_for_dead_then_it_ends_itself(shared, start, workers):
    worker = start(shared).works()
    [name] = workers.alive(SILENCE)
    workers.leave(name)
    assert worker.ends() == GONE
    assert "took this one for dead" in worker.words()


def test_worker_when_the_database_is_gone_then_it_ends_itself(shared, start):
    with start_postgres() as own:
        alone = shared.model_copy(update={"database_url": own.new_database()})
        worker = start(alone).works()
    assert worker.ends() == GONE
    assert "could not reach the database" in worker.words()


def test_page_when_no_worker_is_heard_of_then_it_says_that_what_is_made_waits(web, shared, start):
    page = Screen()
    assert "No worker is running" in page.words()
    start(shared)
    until(web.has_workers)
    assert "No worker is running" not in page.again().words()


def test_worker_when_the_database_is_sqlite_then_it_says_who_works_there(settings, start):
    worker = start(settings)
    assert worker.ends() == 2
    assert "STUDIO_DATABASE_URL" in worker.words()


def test_sandbox_when_processes_share_a_folder_then_they_share_it_and_it_outlives_any_of_them(
    postgres, settings, start, submit
):
    shared = settings.model_copy(update={"database_url": postgres.new_database()})
    first, _ = start(shared).works(), start(shared)
    with open_studio(shared, works=False) as web:
        assert web.wait(submit(web).id, 60).state == "done"
        first.kill()
        assert web.wait(submit(web).id, 60).state == "done"
