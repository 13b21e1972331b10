"""The money rule while nothing crashes: one job, at most one paid request."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from dbos import DBOS

from components.engine import pauses
from components.engine.context import current
from components.engine.submit import submit_once
from components.errors import CannotCancel, NotFound
from tests.engine.meddler import SUBMISSION
from tests.sandbox_server import until


def over(generation) -> bool:
    """Whether the workflow itself has come to its end."""
    return DBOS.get_workflow_status(generation.id).status == "SUCCESS"


def waits(studio, generation):
    """As it is while it waits for its next try, after one at least."""
    return until(lambda: (now := studio.generations.get(generation.id)).state == "queued" and now.tries and now)


def cancelled(studio, generation):
    """What waits for its next try may be on its way at that very moment, and cannot be cancelled then."""
    with suppress(CannotCancel):
        return studio.generations.cancel(generation.id)
    return None


def test_submit_when_twice_then_two_jobs_and_two_requests(studio, ledger, submit, meddler):
    jobs = [submit(studio), submit(studio)]
    assert jobs[0].id != jobs[1].id
    assert [studio.wait(job.id, 60).state for job in jobs] == ["done", "done"]
    assert (len(ledger.paid()), meddler.seen(SUBMISSION)) == (2, 2)


def test_submit_when_twelve_at_once_then_all_done_and_each_paid_once(studio, ledger, submit):
    jobs = [submit(studio) for _ in range(12)]
    done = [studio.wait(job.id, 120) for job in jobs]
    assert {job.state for job in done} == {"done"}
    assert len({job.operation["request_id"] for job in done}) == 12
    assert sorted(job.operation["request_id"] for job in done) == sorted(
        line["request_id"] for line in ledger.paid()
    )


def test_submit_when_run_again_for_a_sent_job_then_sends_nothing(studio, ledger, submit):
    job = studio.wait(submit(studio).id, 60)
    assert submit_once(current(), job.id) == 0
    assert len(ledger.paid()) == 1


def test_rate_limit_when_met_then_waits_for_the_reset_and_sends_once(studio, sandbox, ledger, submit, monkeypatch):
    monkeypatch.setattr(pauses._draw, "uniform", lambda *_: 0.0)  # no more than the provider wishes
    sandbox.rehearse(answer=429, times=100)
    job = submit(studio)
    waiting = waits(studio, job)
    assert waiting.error.code == "rate_limited"
    assert waiting.next_try_at > waiting.changed_at + 0.9
    sandbox.rehearse()
    assert "by itself" in waiting.error.hint
    assert "generate again" not in waiting.error.hint.lower()
    done = studio.wait(job.id, 60)
    assert (done.state, done.error, done.tries) == ("done", None, len(ledger.refused()))
    refused, (paid,) = sandbox.ledger()["refused"][-1], ledger.paid()
    waited = datetime.fromisoformat(paid["at"]) - datetime.fromisoformat(refused["at"])
    assert waited.total_seconds() > 1.9  # the sandbox's header names 2 s


def test_rate_limit_when_four_of_five_are_turned_away_then_all_sixty_arrive(
    studio, sandbox, ledger, submit, meddler, quick_tries
):
    sandbox.rehearse(fail="no film", times=1000)  # none has to be drawn
    meddler.let_through(SUBMISSION, one_of=5, status=429)
    jobs = [submit(studio) for _ in range(60)]
    ended = [studio.wait(job.id, 120) for job in jobs]
    assert {job.error.code for job in ended} == {"generation_failed"}
    assert len(ledger.paid()) == 60
    assert meddler.seen(SUBMISSION) >= 5 * 60


def test_pause_when_drawn_then_never_before_the_providers_wish_and_never_in_step():
    drawn = {round(pauses.before_next(3, wished=7.0), 6) for _ in range(50)}
    assert len(drawn) > 40
    assert all(7.0 <= wait <= 7.0 + pauses.bound(3) for wait in drawn)
    assert [pauses.bound(tries) for tries in (1, 2, 3, 4)] == [4.0, 8.0, 16.0, 32.0]
    spread = [pauses.before_next(4) for _ in range(200)]
    assert min(spread) < 8 < 24 < max(spread)
    assert pauses.before_next(10_000) <= pauses.LONGEST
    assert pauses.before_next(1, wished=1e9) <= pauses.LONGEST_WISH + pauses.bound(1)


def test_cancel_when_queued_then_free_and_nothing_is_ever_sent(studio, sandbox, ledger, submit, meddler):
    sandbox.rehearse(answer=429, times=100)
    job = submit(studio)
    waits(studio, job)
    assert until(lambda: cancelled(studio, job)).state == "cancelled"
    sandbox.rehearse()
    sent = meddler.seen(SUBMISSION)
    until(lambda: over(job))
    assert studio.generations.get(job.id).state == "cancelled"
    assert (ledger.paid(), meddler.seen(SUBMISSION)) == ([], sent)


def test_cancel_when_it_comes_while_inputs_are_prepared_then_nothing_is_sent(studio, submit, meddler):
    upload = meddler.hold(r"/upload-asset")
    job = submit(studio)
    until(lambda: meddler.seen(r"/upload-asset"))
    assert studio.generations.cancel(job.id).state == "cancelled"
    upload.set()
    until(lambda: over(job))
    assert (studio.generations.get(job.id).state, meddler.seen(SUBMISSION)) == ("cancelled", 0)


def test_cancel_when_it_is_being_sent_then_refused_and_brought_home(studio, submit, meddler, reaches):
    answer = meddler.hold(SUBMISSION)
    job = submit(studio)
    reaches(studio, job, "submitting")
    with pytest.raises(CannotCancel, match="already been sent"):
        studio.generations.cancel(job.id)
    answer.set()
    assert studio.wait(job.id, 60).state == "done"
    with pytest.raises(CannotCancel, match="is done already"):
        studio.generations.cancel(job.id)


def test_cancel_when_there_is_no_such_generation_then_not_found(studio):
    with pytest.raises(NotFound):
        studio.generations.cancel("nothing")


def test_upload_when_it_does_not_work_then_the_file_travels_in_the_body(studio, ledger, submit, meddler):
    meddler.answer(r"/upload-asset", 500, times=9)
    assert studio.wait(submit(studio).id, 60).state == "done"
    assert len(ledger.paid()) == 1


def test_inputs_when_the_file_is_gone_then_failed_before_anything_is_sent(studio, submit, meddler, portrait_jpg):
    portrait = studio.add_asset(portrait_jpg)
    path = studio.settings.data_dir / "media" / portrait.key
    path.rename(path.with_suffix(".away"))
    job = studio.wait(submit(studio, mode="TIA", image=portrait.id).id, 30)
    path.with_suffix(".away").rename(path)
    assert (job.state, job.error.code) == ("failed", "not_found")
    assert meddler.seen(SUBMISSION) == 0
