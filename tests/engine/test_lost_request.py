"""A request to Segmind whose answer was lost is found in the account's history and brought home."""

from __future__ import annotations

import pytest

from components.engine.context import current
from components.engine.submit import submit_once
from components.errors import CannotSettle, ProviderTrouble
from tests.engine.meddler import SUBMISSION

HISTORY = r"^GET .*/request-history"


@pytest.fixture(params=["v2", "v1"])
def api(request, monkeypatch):
    monkeypatch.setenv("SEGMIND_API", request.param)
    return request.param


@pytest.fixture
def lose(studio, submit, meddler):
    """Sends one whose answer gets lost; the generation is in doubt. Words tell it from those of other tests."""

    def lose(words):
        meddler.hang_up(SUBMISSION)
        return studio.wait(submit(studio, prompt=words).id, 30)

    return lose


def resumed(job):
    """As a server leaves it that dies before the answer; the next one starts."""
    context = current()
    assert context.generations.move(job.id, "uncertain", "submitting")
    submit_once(context, job.id)
    return context.generations.get(job.id)


def test_answer_when_lost_then_looking_again_brings_the_video_home_and_nothing_is_sent(
    api, studio, lose, meddler, ledger
):
    job = lose(f"Lost on {api}")
    assert (job.state, job.operation, studio.ways_out.can_look(job)) == ("uncertain", None, True)
    assert studio.ways_out.look_again(job.id).state == "running"
    done = studio.wait(job.id, 60)
    assert (done.state, done.error, done.doubtful) == ("done", None, False)
    assert (len(ledger.paid()), meddler.seen(SUBMISSION)) == (1, 1)


def test_answer_when_lost_with_the_server_then_the_next_one_finds_the_request(lose, ledger, meddler):
    found = resumed(lose("Lost with the server"))
    assert (found.state, found.operation) == ("running", {"request_id": ledger.paid()[0]["request_id"]})
    assert meddler.seen(SUBMISSION) == 1


def test_answer_when_lost_and_the_same_was_sent_again_then_neither_is_guessed(studio, lose, submit):
    job = lose("Sent twice")
    assert studio.wait(submit(studio, prompt="Sent twice").id, 60).state == "done"
    with pytest.raises(CannotSettle, match="no such generation"):
        studio.ways_out.look_again(job.id)


def test_request_when_never_taken_then_nothing_is_found(studio, submit, meddler):
    meddler.answer(SUBMISSION, 502)
    job = studio.wait(submit(studio, prompt="Never taken").id, 30)
    with pytest.raises(CannotSettle, match="no such generation"):
        studio.ways_out.look_again(job.id)
    assert resumed(job).state == "uncertain"


def test_history_when_it_fails_then_it_stays_open_and_can_be_looked_for_later(studio, lose, meddler):
    job = lose("History is down")
    meddler.answer(HISTORY, 404)
    with pytest.raises(ProviderTrouble, match="cannot tell"):
        studio.ways_out.look_again(job.id)
    assert studio.generations.get(job.id).doubtful
