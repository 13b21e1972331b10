from __future__ import annotations

import pytest
import requests

from components.rehearsing import PERSON_HEADER
from tests.sandbox_server import KEY, until

SIMPLE = {"prompt": "x", "frames": 10}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410, 429, 500, 502, 504])
@pytest.mark.parametrize("api", ["v1", "v2"])
def test_answer_when_rehearsed_then_is_the_providers_error_and_unpaid(sandbox, status, api):
    paid = sandbox.ledger()["paid"]
    sandbox.rehearse(answer=status)
    answer = sandbox.submit(SIMPLE, api=api)
    assert (answer.status_code, set(answer.json())) == (status, {"error"})
    assert sandbox.ledger()["paid"] == paid


def test_answer_when_405_then_is_a_page(sandbox):
    sandbox.rehearse(answer=405)
    assert sandbox.submit(SIMPLE).headers["content-type"].startswith("text/html")


def test_answer_when_429_then_says_when_the_window_ends(sandbox):
    sandbox.rehearse(answer=429)
    answer = sandbox.submit(SIMPLE)
    assert "x-rate-limit-reset-at-utc" in answer.headers
    assert "retry-after" not in answer.headers


def test_times_when_used_up_then_all_is_as_usual(sandbox):
    sandbox.rehearse(answer=500, times=2)
    assert [sandbox.submit(SIMPLE).status_code for _ in range(3)] == [500, 500, 200]


def test_rehearsal_when_it_is_a_persons_then_it_meets_theirs_only_and_goes_before_everybodys(sandbox):
    def answers(person):
        return sandbox.submit(SIMPLE, headers=KEY | {PERSON_HEADER: person}).status_code

    sandbox.rehearse(answer=429, times=2)
    sandbox.rehearse(answer=500, person="ann")
    assert [answers("bob"), answers("ann"), answers("ann"), answers("ann")] == [429, 500, 429, 200]
    sandbox.rehearse(answer=500, person="ann")
    sandbox.rehearse(answer=500, person="bob")
    requests.delete(f"{sandbox.url}/_sandbox/rehearse", params={"person": "ann"}, timeout=60).raise_for_status()
    assert [answers("ann"), answers("bob")] == [200, 500]


def test_rehearsal_when_cleared_then_all_is_as_usual(sandbox):
    sandbox.rehearse(answer=500, times=9)
    sandbox.rehearse()
    assert sandbox.submit(SIMPLE).status_code == 200


def test_fail_when_rehearsed_then_v2_says_failed_and_v1_500(sandbox):
    sandbox.rehearse(fail="Out of film", times=2)
    result = sandbox.result(sandbox.submit(SIMPLE).json()["request_id"])
    assert (result.status_code, result.json()["error"]) == (422, "Out of film")
    blocking = sandbox.submit(SIMPLE, api="v1")
    assert (blocking.status_code, blocking.json()) == (500, {"error": "Out of film"})


def test_hold_when_the_caller_gives_up_then_it_is_paid_all_the_same(sandbox):
    before = len(sandbox.ledger()["paid"])
    sandbox.rehearse(hold_seconds=30)
    with pytest.raises(requests.Timeout):
        sandbox.submit(SIMPLE, timeout=1)
    # Where the machine is slow, it may be taken only after the caller has given up.
    paid = until(lambda: len(now := sandbox.ledger()["paid"]) > before and now)
    assert len(paid) == before + 1
    assert sandbox.result(paid[-1]["request_id"]).json()["status"] == "COMPLETED"


def test_slowness_when_it_is_ended_then_what_is_under_way_is_done(sandbox):
    sandbox.rehearse(slow_seconds=3600, times=2)
    slow = [sandbox.submit(SIMPLE).json()["request_id"] for _ in range(2)]
    status = sandbox.at("api.segmind.com", f"v2/requests/{slow[0]}/status")
    until(lambda: sandbox.get(status).json()["status"] == "PROCESSING")
    sandbox.hurry()
    assert [sandbox.result(one).json()["status"] for one in slow] == ["COMPLETED"] * 2


@pytest.mark.parametrize("bad", [{"times": 0}, {"answer": 200}, {"hold": 1}, []])
def test_rehearsal_when_it_makes_no_sense_then_400(sandbox, bad):
    assert requests.post(f"{sandbox.url}/_sandbox/rehearse", json=bad, timeout=60).status_code == 400
