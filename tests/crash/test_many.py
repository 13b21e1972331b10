"""Twenty jobs and kills wherever they happen to stand: each is paid at most once, and each comes to an end."""

from __future__ import annotations

import random

import pytest

from components.studio import open_studio
from tests.crash.conftest import looking_in, playable, told
from tests.sandbox_server import until

pytestmark = pytest.mark.crash

JOBS = 20
SEED = 20261120


def ended(settings) -> int:
    with looking_in(settings) as left:
        return JOBS - len(left.under_way())


def test_twenty_jobs_when_killed_again_and_again_then_none_is_lost_and_none_paid_twice(live, ledger, doomed):
    dice = random.Random(SEED)
    with doomed(live, jobs=JOBS) as server:
        server.job_ids(JOBS)
        until(lambda: len(ledger.paid()) >= dice.randint(1, JOBS // 2))
        server.kill()
    for _ in range(3):
        goal = min(JOBS, ended(live) + dice.randint(1, 4))
        with doomed(live, jobs=0) as server:
            until(lambda goal=goal: ended(live) >= goal)
            server.kill()
    with open_studio(live) as studio:
        jobs = [studio.wait(job.id, 120) for job in studio.generations.recent(limit=100)]
    paid = [line["request_id"] for line in ledger.paid()]
    known = [job.operation["request_id"] for job in jobs if job.operation]
    assert len(jobs) == JOBS
    assert {job.state for job in jobs} <= {"done", "uncertain"}
    assert all(playable(live, job) if job.state == "done" else told(job) for job in jobs)
    assert len(set(known)) == len(known)
    assert set(known) <= set(paid)
    assert len(paid) <= JOBS
