"""SIGKILL at each point of the money rule, a new start without a browser: paid once, and nothing lost."""

from __future__ import annotations

import pytest

from components.studio import open_studio
from tests.crash.conftest import looking_in, playable, settled, told

pytestmark = pytest.mark.crash

RESUMED = [
    # where it dies, the state that the dead server left
    ("uploading", "queued"),
    ("before the claim", "queued"),
    ("operation saved", "running"),
    ("polling", "running"),
    ("downloading", "running"),
    ("received", "running"),
    ("noted, not kept", "saving"),
    ("kept", "saving"),
    ("before done", "saving"),
]
BLOCKING_RESUMED = [
    ("received", "submitting"),
    ("noted, not kept", "saving"),
    ("kept", "saving"),
]


@pytest.fixture
def crash(doomed):
    """One job up to its server's death; gives the state that it lies in."""

    def crash(settings, point):
        with doomed(settings, point) as server:
            (job_id,) = server.job_ids(1)
            server.died()
        with looking_in(settings) as left:
            return left.get(job_id)

    return crash


def finish(settings, job):
    with open_studio(settings) as studio:
        return studio.wait(job.id, 60)


@pytest.mark.parametrize(("point", "state"), RESUMED)
def test_server_when_killed_at_then_restarted_is_done_and_paid_once(live, sandbox, ledger, crash, point, state):
    if point == "polling":
        sandbox.rehearse(slow_seconds=3600)  # a quick one may be done at the first question
    left = crash(live, point)
    sandbox.hurry()
    assert left.state == state
    job = finish(live, left)
    assert (job.state, job.error) == ("done", None)
    assert playable(live, job)
    assert [line["request_id"] for line in ledger.paid()] == [job.operation["request_id"]]


def test_server_when_killed_between_claim_and_sending_then_uncertain_and_nothing_paid(live, ledger, crash):
    left = crash(live, "claimed, nothing sent")
    assert (left.state, left.operation) == ("submitting", None)
    job = finish(live, left)
    assert job.state == "uncertain"
    assert told(job)
    assert ledger.paid() == []


def test_server_when_killed_between_answer_and_note_then_found_in_the_history_and_paid_once(live, ledger, crash):
    left = crash(live, "answered")
    assert (left.state, left.operation) == ("submitting", None)
    job = finish(live, left)
    assert (job.state, job.error) == ("done", None)
    assert playable(live, job)
    assert [line["request_id"] for line in ledger.paid()] == [job.operation["request_id"]]


@pytest.mark.parametrize("api", ["v2", "v1"])
def test_server_when_killed_while_the_provider_holds_the_answer_then_found_in_the_history_and_paid_once(
    live, sandbox, ledger, doomed, api
):
    settings = live.model_copy(update={"segmind_api": api})
    sandbox.rehearse(hold_seconds=60)
    with doomed(settings) as server:
        (job_id,) = server.job_ids(1)
        settled(ledger, 1)
        server.kill()
    with open_studio(settings) as studio:
        job = studio.wait(job_id, 60)
    assert (job.state, job.error) == ("done", None)
    assert [line["api"] for line in ledger.paid()] == [api]


@pytest.mark.parametrize(("point", "state"), BLOCKING_RESUMED)
def test_blocking_server_when_killed_at_then_restarted_is_done_and_paid_once(live, ledger, crash, point, state):
    settings = live.model_copy(update={"segmind_api": "v1"})
    left = crash(settings, point)
    assert left.state == state
    job = finish(settings, left)
    assert (job.state, job.error, job.operation) == ("done", None, None)
    assert playable(settings, job)
    assert [line["api"] for line in ledger.paid()] == ["v1"]


@pytest.mark.parametrize("point", ["blocking answer in memory", "downloading"])
def test_blocking_server_when_killed_before_all_bytes_are_kept_then_found_in_the_history_and_paid_once(
    live, ledger, crash, point
):
    settings = live.model_copy(update={"segmind_api": "v1"})
    job = finish(settings, crash(settings, point))
    assert (job.state, job.error) == ("done", None)
    assert [line["api"] for line in ledger.paid()] == ["v1"]


def test_job_when_it_ended_then_another_start_leaves_it_alone(live, ledger, crash):
    left = crash(live, "done")
    assert (left.state, playable(live, left)) == ("done", True)
    assert finish(live, left) == left
    assert len(ledger.paid()) == 1
