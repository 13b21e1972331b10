"""Segmind's v1: one long answer that is the video itself."""

from __future__ import annotations

import errno

import pytest

from components.engine.context import current
from components.library.generations import Generations
from components.library.storage import Storage
from components.media.video import probe
from tests.engine.meddler import SUBMISSION, Meddling
from tests.media.making import make_clip
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


def test_disk_when_full_for_long_then_the_paid_video_waits_in_memory(studio, ledger, submit, monkeypatch, quick):
    with monkeypatch.context() as patch:
        patch.setattr(Storage, "receive", full)
        job = submit(studio)
        until(lambda: studio.generations.get(job.id).state == "running")
        until(lambda: (now := studio.generations.get(job.id)).error and now.error.code == "disk")
    done = studio.wait(job.id, 60)
    assert (done.state, done.error, len(ledger.paid())) == ("done", None, 1)
    until(lambda: not current().answers)  # let go of once the asking has ended, a moment after the state


def test_disk_when_full_for_good_then_uncertain_with_what_to_do(studio, ledger, submit, monkeypatch, quick):
    monkeypatch.setattr("components.engine.collect.HELD_FOR", 2.0)
    monkeypatch.setattr(Storage, "receive", full)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, "bring it home" in job.error.message, "history" in job.error.hint) == (
        "uncertain",
        True,
        True,
    )
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


@pytest.fixture
def dead_link(meddler):
    """The answer is a link behind which nothing lies for so many questions, or until it ends; then a video."""

    def die(times: int) -> Meddling:
        dead = meddler.answer(r"/outputs/", 404, times=times)
        meddler.answer(r"/outputs/", 200, make_clip(0.4), times=100, **{"Content-Type": "video/mp4"})
        meddler.answer(SUBMISSION, 200, {"video_url": f"{meddler.url}/images.segmind.com/outputs/late.mp4"})
        return dead

    return die


def test_answer_when_its_link_is_dead_for_good_then_uncertain_and_never_sent_again(
    studio, submit, meddler, dead_link, quick, monkeypatch
):
    monkeypatch.setattr("components.engine.collect.HELD_FOR", 2.0)
    dead_link(1000)
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, bool(job.error.hint)) == ("uncertain", True)
    assert meddler.seen(SUBMISSION) == 1


def test_answer_when_its_link_is_dead_for_long_then_the_video_is_fetched_once_it_is_there(
    studio, submit, meddler, dead_link, quick
):
    dead = dead_link(1000)  # more often than the sending waits for
    job = submit(studio)
    until(lambda: studio.generations.get(job.id).state == "running")
    until(lambda: studio.generations.get(job.id).error is not None)
    assert studio.generations.get(job.id).operation is None, "a link is never written down"
    meddler.end(dead)
    done = studio.wait(job.id, 60)
    assert (done.state, meddler.seen(SUBMISSION)) == ("done", 1)


def test_answer_when_the_studio_stops_before_its_link_works_then_uncertain_and_says_so(
    studio, submit, dead_link, quick
):
    dead_link(1000)
    job = submit(studio)
    until(lambda: studio.generations.get(job.id).state == "running")
    current().answers.clear()  # as after a new start: a link is never written down
    lost = studio.wait(job.id, 30)
    assert lost.state == "uncertain"
    assert "bring it home" in lost.error.message


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
