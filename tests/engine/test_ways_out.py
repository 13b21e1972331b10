"""What a person can do with a generation in doubt: look again, take what was found, close it, send it again."""

from __future__ import annotations

import pytest

from components.errors import CannotSettle, InvalidRequest, ProviderTrouble, UnsafeAddress
from tests.engine.meddler import RESULT, STATUS, SUBMISSION, VIDEO, paid_once
from tests.sandbox_server import until


@pytest.fixture
def lost(studio, submit, meddler, ledger):
    """A generation whose answer was swallowed, and the number that the provider gave it."""
    meddler.hang_up(SUBMISSION)
    job = studio.wait(submit(studio).id, 30)
    assert job.state == "uncertain"
    return job, ledger.paid()[0]["request_id"]


def is_home(studio, job) -> bool:
    done = studio.wait(job.id, 60)
    return (done.state, done.error, len(done.outputs), done.doubtful) == ("done", None, 1, False)


def test_id_when_pasted_then_it_is_collected_like_any_other(studio, lost, ledger, meddler):
    job, number = lost
    taken = studio.ways_out.accept(job.id, f" {number}\n")
    assert (taken.state, taken.operation) == ("running", {"request_id": number})
    assert is_home(studio, job)
    assert paid_once(ledger, meddler)


def test_id_when_the_provider_does_not_know_it_then_it_stays_open(studio, lost):
    job, _ = lost
    with pytest.raises(CannotSettle, match="does not know this id"):
        studio.ways_out.accept(job.id, "2c7f2c7f-0000")
    with pytest.raises(InvalidRequest, match="no id of Segmind's"):
        studio.ways_out.accept(job.id, "not an id!")
    assert studio.generations.get(job.id).doubtful


def test_id_when_it_is_another_generations_then_it_is_not_taken_twice(studio, lost, submit):
    job, _ = lost
    other = studio.wait(submit(studio).id, 60)
    with pytest.raises(CannotSettle, match="another generation's"):
        studio.ways_out.accept(job.id, other.operation["request_id"])


def test_link_when_pasted_then_its_video_is_kept(studio, lost, ledger, meddler):
    job, number = lost
    link = f"{meddler.url}/images.segmind.com/outputs/{number}.mp4"
    until(lambda: _is_there(studio, job, link))
    assert is_home(studio, job)
    assert paid_once(ledger, meddler)
    assert link not in str(studio.generations.get(job.id))


def _is_there(studio, job, link) -> bool:
    try:
        studio.ways_out.accept(job.id, link)
    except ProviderTrouble:
        return False
    return True


def test_link_when_it_leads_to_no_video_or_inside_then_it_is_not_taken(studio, lost, meddler):
    job, number = lost
    meddler.answer(VIDEO, 200, b"<html>a page</html>", times=9)
    with pytest.raises(ProviderTrouble, match="no video"):
        studio.ways_out.accept(job.id, f"{meddler.url}/images.segmind.com/outputs/{number}.mp4")
    with pytest.raises(UnsafeAddress):
        studio.ways_out.accept(job.id, "https://169.254.169.254/latest/meta-data")
    assert studio.generations.get(job.id).doubtful


def test_doubt_when_a_person_says_that_it_was_not_made_then_it_is_closed(studio, lost):
    job, _ = lost
    closed = studio.ways_out.not_made(job.id)
    assert (closed.state, closed.error.code, closed.doubtful) == ("failed", "not_made", False)
    for way in (studio.ways_out.not_made, studio.ways_out.look_again, studio.ways_out.send_again):
        with pytest.raises(CannotSettle):
            way(job.id)


def test_doubt_when_sent_again_then_a_new_one_is_paid_for_and_linked_and_the_old_stays_open(studio, lost, ledger):
    job, _ = lost
    anew = studio.ways_out.send_again(job.id)
    assert (anew.follows, anew.parameters, anew.id == job.id) == (job.id, job.parameters, False)
    if not studio.generations.get(anew.id).ended:
        with pytest.raises(CannotSettle, match="sent again already"):
            studio.ways_out.send_again(job.id)
    assert is_home(studio, anew)
    assert len(ledger.paid()) == 2
    assert studio.generations.get(job.id).doubtful


def test_asking_when_stopped_then_its_number_is_kept_and_looking_again_brings_it_home(
    studio, submit, meddler, ledger, reaches
):
    meddler.answer(STATUS, 500, times=1000)
    job = submit(studio)
    reaches(studio, job, "running")
    stopped = studio.ways_out.stop_asking(job.id)
    assert (stopped.state, stopped.error.code, stopped.doubtful) == ("uncertain", "stopped", True)
    with pytest.raises(CannotSettle, match="nothing to stop"):
        studio.ways_out.stop_asking(job.id)
    meddler.forget()
    meddler.answer("/request-history", 404, times=1000)
    assert studio.ways_out.can_look(stopped)
    studio.ways_out.look_again(job.id)
    assert is_home(studio, job)
    assert len(ledger.paid()) == 1


def test_failure_when_the_provider_may_have_charged_then_it_has_the_same_ways_out(studio, sandbox, submit):
    sandbox.rehearse(answer=500)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code, job.doubtful) == ("failed", "server_failed", True)
    closed = studio.ways_out.not_made(job.id)
    assert (closed.state, closed.error.code, closed.doubtful) == ("failed", "server_failed", False)


@pytest.mark.parametrize("status", [400, 401, 406])
def test_failure_when_nothing_was_started_then_there_is_nothing_to_decide(studio, sandbox, submit, status):
    sandbox.rehearse(answer=status)
    job = studio.wait(submit(studio).id, 30)
    assert not job.doubtful
    with pytest.raises(CannotSettle):
        studio.ways_out.send_again(job.id)


def test_looking_when_the_provider_names_no_video_any_more_then_it_ends_in_doubt_again(
    studio, submit, meddler, monkeypatch
):
    monkeypatch.setattr("components.engine.collect.ODD_FOR", 0.0)
    meddler.edit(RESULT, lambda body: body | {"output": None})
    job = studio.wait(submit(studio).id, 60)
    assert job.doubtful
    studio.ways_out.look_again(job.id)
    again = until(lambda: (now := studio.generations.get(job.id)).ended and now)
    assert again.doubtful
