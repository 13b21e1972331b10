"""Segmind's v1: one long answer that is the video itself."""

from __future__ import annotations

import errno

import pytest

from components.engine.context import current
from components.library.generations import Generations
from components.library.storage import Storage
from components.media.video import probe
from tests.engine.meddler import SUBMISSION
from tests.sandbox_server import until


@pytest.fixture
def studio(studio, monkeypatch):
    monkeypatch.setenv("SEGMIND_API", "v1")
    return studio


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("components.engine.submit.KEEP_WAITS", (0.2, 0.2, 0.2))


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_answer_when_it_takes_long_then_others_are_not_held_up(studio, ledger, submit, meddler, reaches):
    answer = meddler.hold(SUBMISSION)
    slow = submit(studio)
    until(lambda: meddler.seen(SUBMISSION))
    assert studio.wait(submit(studio).id, 60).state == "done"
    assert studio.generations.get(slow.id).state == "submitting"
    answer.set()
    assert studio.wait(slow.id, 60).state == "done"
    assert [line["api"] for line in ledger.paid()] == ["v1", "v1"]


def test_answer_when_it_is_the_video_then_it_is_ours_and_plays(studio, submit):
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, job.operation, job.cost) == ("done", None, None)  # of HuMo no price is published
    assert probe(current().storage.path(job.outputs[0].key)).frames == 10


@pytest.mark.parametrize("refusing", ["receive", "keep", "put"])
def test_disk_when_full_then_it_is_told_and_the_paid_video_is_kept_once_there_is_room(
    studio, ledger, submit, meddler, monkeypatch, quick, refusing
):
    answer = meddler.hold(SUBMISSION)
    job = submit(studio)
    until(lambda: meddler.seen(SUBMISSION))
    with monkeypatch.context() as patch:
        patch.setattr("components.engine.submit.KEEP_WAITS", (0.2,) * 100)
        patch.setattr(Storage, refusing, full)
        answer.set()
        until(lambda: (now := studio.generations.get(job.id)).error and now.error.code == "disk")
    done = studio.wait(job.id, 60)
    assert (done.state, done.error) == ("done", None)
    assert len(ledger.paid()) == 1


def test_disk_when_full_for_good_then_uncertain_with_what_to_do(studio, ledger, submit, monkeypatch, quick):
    monkeypatch.setattr(Storage, "receive", full)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code) == ("uncertain", "outcome_unknown")
    assert "disk" in job.error.hint
    assert len(ledger.paid()) == 1


def test_database_when_it_fails_on_the_answer_then_it_is_kept_at_the_next_try(
    studio, ledger, submit, monkeypatch, quick
):
    real, failures = Generations.move, []

    def failing(self, generation_id, source, target, **values):
        if target in ("running", "saving") and len(failures) < 2:
            failures.append(target)
            raise RuntimeError("database or disk is full")
        return real(self, generation_id, source, target, **values)

    monkeypatch.setattr(Generations, "move", failing)
    for api in ("v1", "v2"):
        failures.clear()
        monkeypatch.setenv("SEGMIND_API", api)
        assert studio.wait(submit(studio).id, 60).state == "done"
        assert len(failures) == 2
    assert len(ledger.paid()) == 2


@pytest.mark.parametrize("link", ["http://169.254.169.254/x.mp4", "https://127.0.0.1/x.mp4"])
def test_answer_when_it_is_an_unsafe_link_then_uncertain(studio, submit, meddler, link):
    meddler.answer(SUBMISSION, 200, {"video_url": link})
    assert studio.wait(submit(studio).id, 30).state == "uncertain"


def test_answer_when_its_link_is_dead_then_uncertain_and_never_sent_again(studio, submit, meddler, quick):
    meddler.answer(r"/outputs/", 404, times=100)
    meddler.answer(SUBMISSION, 200, {"video_url": f"{meddler.url}/images.segmind.com/outputs/gone.mp4"})
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, bool(job.error.hint)) == ("uncertain", True)
    assert meddler.seen(SUBMISSION) == 1


def test_preparing_when_something_unforeseen_happens_then_failed_and_nothing_sent(
    studio, submit, meddler, monkeypatch
):
    monkeypatch.setattr("components.engine.submit._input", full)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, meddler.seen(SUBMISSION)) == ("failed", 0)
    assert "Nothing was sent" in job.error.hint


def test_claim_when_the_database_fails_then_it_is_tried_again(studio, ledger, submit, monkeypatch):
    monkeypatch.setattr("components.engine.workflow.AFTER_FAILURE", 0.2)
    real, failures = Generations.move, []

    def failing(self, generation_id, source, target, **values):
        if target == "submitting" and not failures:
            failures.append(target)
            raise RuntimeError("database is locked")
        return real(self, generation_id, source, target, **values)

    monkeypatch.setattr(Generations, "move", failing)
    assert studio.wait(submit(studio).id, 60).state == "done"
    assert (failures, len(ledger.paid())) == (["submitting"], 1)
