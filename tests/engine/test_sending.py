"""The money rule while nothing crashes: one job, at most one paid request."""

from __future__ import annotations

import socket
from datetime import datetime

import pytest
from dbos import DBOS

from components.errors import CannotCancel, NotConfigured, NotFound
from components.studio import open_studio
from tests.conftest import as_live
from tests.engine.meddler import SUBMISSION
from tests.sandbox_server import start_sandbox, until


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def over(generation) -> bool:
    """Whether the workflow itself has come to its end."""
    return DBOS.get_workflow_status(generation.id).status == "SUCCESS"


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
    from components.engine.context import current
    from components.engine.submit import submit_once

    job = studio.wait(submit(studio).id, 60)
    assert submit_once(current(), job.id) == 0
    assert len(ledger.paid()) == 1


def test_rate_limit_when_met_then_waits_for_the_reset_and_sends_once(
    studio, sandbox, ledger, submit, reaches, monkeypatch
):
    monkeypatch.setattr("components.engine.submit.WAITS", (300.0,))  # only the header can be quicker
    sandbox.rehearse(answer=429)
    job = submit(studio)
    until(ledger.refused)
    waiting = until(lambda: (now := studio.get(job.id)).tries and now)
    assert (waiting.state, waiting.error.code) == ("queued", "rate_limited")
    done = studio.wait(job.id, 60)
    assert (done.state, done.error, done.tries) == ("done", None, 1)
    refused, (paid,) = sandbox.ledger()["refused"][-1], ledger.paid()
    waited = datetime.fromisoformat(paid["at"]) - datetime.fromisoformat(refused["at"])
    assert waited.total_seconds() > 1.9  # the sandbox's header names 2 s


def test_provider_when_unreachable_then_the_job_waits_and_is_done_once_it_is_there(settings, tmp_path, submit):
    port = free_port()
    with open_studio(settings.model_copy(update=as_live(f"http://127.0.0.1:{port}"))) as studio:
        job = submit(studio)
        waiting = until(lambda: (now := studio.get(job.id)).tries and now)
        assert (waiting.state, waiting.error.code) == ("queued", "unreachable")
        with start_sandbox(tmp_path / "late", "--port", str(port)) as late:
            done = studio.wait(job.id, 60)
            assert (done.state, done.error) == ("done", None)
            assert len(late.ledger()["paid"]) == 1


def test_provider_when_unreachable_for_good_then_failed_with_the_reason(settings, submit, monkeypatch):
    monkeypatch.setattr("components.engine.submit.MAX_TRIES", 2)
    monkeypatch.setattr("components.engine.submit.WAITS", (1.0,))
    with open_studio(settings.model_copy(update=as_live(f"http://127.0.0.1:{free_port()}"))) as studio:
        job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code, job.tries) == ("failed", "unreachable", 2)
    assert "nothing was charged" in job.error.hint


def test_cancel_when_queued_then_free_and_nothing_is_ever_sent(studio, sandbox, ledger, submit, meddler):
    sandbox.rehearse(answer=429)
    job = submit(studio)
    until(lambda: studio.get(job.id).tries)
    assert studio.cancel(job.id).state == "cancelled"
    until(lambda: over(job))
    assert studio.get(job.id).state == "cancelled"
    assert (ledger.paid(), meddler.seen(SUBMISSION)) == ([], 1)


def test_cancel_when_it_comes_while_inputs_are_prepared_then_nothing_is_sent(studio, submit, meddler):
    upload = meddler.hold(r"/upload-asset")
    job = submit(studio)
    until(lambda: meddler.seen(r"/upload-asset"))
    assert studio.cancel(job.id).state == "cancelled"
    upload.set()
    until(lambda: over(job))
    assert (studio.get(job.id).state, meddler.seen(SUBMISSION)) == ("cancelled", 0)


def test_cancel_when_it_is_being_sent_then_refused_and_brought_home(studio, submit, meddler, reaches):
    answer = meddler.hold(SUBMISSION)
    job = submit(studio)
    reaches(studio, job, "submitting")
    with pytest.raises(CannotCancel, match="already been sent"):
        studio.cancel(job.id)
    answer.set()
    assert studio.wait(job.id, 60).state == "done"
    with pytest.raises(CannotCancel):
        studio.cancel(job.id)


def test_cancel_when_there_is_no_such_generation_then_not_found(studio):
    with pytest.raises(NotFound):
        studio.cancel("nothing")


def test_upload_when_it_does_not_work_then_the_file_travels_in_the_body(studio, ledger, submit, meddler):
    meddler.answer(r"/upload-asset", 500, times=9)
    assert studio.wait(submit(studio).id, 60).state == "done"
    assert len(ledger.paid()) == 1


def test_inputs_when_the_file_is_gone_then_failed_before_anything_is_sent(studio, submit, meddler, meddled):
    upload = meddler.hold(r"/upload-asset")
    first = submit(studio)
    for file in (meddled.data_dir / "media" / "assets").iterdir():
        file.unlink()
    second = submit(studio)
    assert studio.wait(second.id, 30).state == "failed"
    upload.set()
    assert studio.wait(first.id, 60).ended


def test_key_when_missing_and_the_sandbox_is_off_then_nothing_is_stored(settings, submit):
    with open_studio(settings.model_copy(update={"sandbox": "never"})) as studio:
        with pytest.raises(NotConfigured, match="SEGMIND_API_KEY"):
            submit(studio)
        assert studio.generations() == []
