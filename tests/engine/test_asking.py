"""Asking after what is paid for: whatever is answered, or nothing, the asking goes on until there is an end."""

from __future__ import annotations

import time

import pytest

from components.engine.context import current
from tests.engine.meddler import RESULT, STATUS, paid_once
from tests.sandbox_server import until


def test_status_when_its_word_is_unknown_then_goes_on_asking(studio, submit, meddler):
    meddler.edit(STATUS, lambda body: body | {"status": "PONDERING"}, times=3)
    job = studio.wait(submit(studio).id, 60)
    assert job.state == "done"
    assert meddler.seen(STATUS) > 3


@pytest.mark.parametrize("answer", [(500, b"oops"), (200, b"<html>"), (200, b"[]"), (429, b""), (404, b"{}")])
def test_question_when_answered_badly_then_asked_again(studio, ledger, submit, meddler, answer):
    meddler.answer(STATUS, *answer, times=2)
    meddler.answer("/request-history/", 404, times=2)
    assert studio.wait(submit(studio).id, 60).state == "done"
    assert paid_once(ledger, meddler)


def test_key_when_refused_while_asking_then_it_is_told_and_the_video_still_comes(studio, submit, meddler):
    meddler.answer(STATUS, 401, times=1000)
    job = submit(studio)
    until(
        lambda: (
            (now := studio.generations.get(job.id)).error
            and now.error.code == "key_refused"
            and now.state == "running"
        )
    )
    meddler.forget()
    done = studio.wait(job.id, 60)
    assert (done.state, done.error) == ("done", None)


def test_record_when_expired_then_the_history_leads_to_the_video(studio, ledger, submit, meddler):
    meddler.answer(STATUS, 404, times=1000)
    assert studio.wait(submit(studio).id, 60).state == "done"
    assert paid_once(ledger, meddler)


def test_record_when_nowhere_any_more_then_uncertain(studio, submit, meddler, monkeypatch):
    monkeypatch.setattr("components.engine.collect.MISSING_GRACE", 0.0)
    meddler.answer(STATUS, 404, times=1000)
    meddler.answer("/request-history/", 404, times=1000)
    job = submit(studio)
    said = until(lambda: (now := studio.generations.get(job.id)).error and now)
    assert (said.state, said.error.code) == ("running", "record_missing")
    assert "by itself" in said.error.hint
    monkeypatch.setattr("components.engine.collect.MISSING_FOR", 0.0)
    job = studio.wait(job.id, 60)
    assert (job.state, job.error.code) == ("uncertain", "record_missing")
    assert job.error.hint


def test_record_when_missing_for_less_than_an_hour_then_asked_on_and_a_useful_answer_begins_anew(
    studio, submit, meddler
):
    for unknown in (STATUS, "/request-history/"):
        meddler.answer(unknown, 404, times=1000)
    job = submit(studio)
    until(lambda: studio.generations.get(job.id).missing_since)
    current().generations.note(job.id, None, missing_since=time.time() - 3500)
    asked = meddler.seen(STATUS)
    until(lambda: meddler.seen(STATUS) > asked + 2)
    assert studio.generations.get(job.id).state == "running"
    meddler.forget()
    meddler.edit(STATUS, lambda body: body | {"status": "PONDERING"})
    until(lambda: studio.generations.get(job.id).missing_since is None)
    meddler.forget()
    assert studio.wait(job.id, 60).state == "done"


def test_status_when_done_names_no_video_for_a_while_then_it_still_comes(studio, submit, meddler):
    meddler.edit(RESULT, lambda body: body | {"output": None}, times=3)
    assert studio.wait(submit(studio).id, 60).state == "done"


def test_question_when_only_trouble_comes_for_long_then_it_is_told_and_asked_on(
    studio, ledger, submit, meddler, monkeypatch
):
    monkeypatch.setattr("components.engine.collect.SILENT_AFTER", 0.5)
    meddler.answer(STATUS, 500, times=1000)
    job = submit(studio)
    told = until(lambda: (now := studio.generations.get(job.id)).error and now)
    assert (told.state, told.error.code) == ("running", "silent")
    assert told.troubled_since < told.changed_at
    meddler.forget()
    meddler.edit(STATUS, lambda body: body | {"status": "PONDERING"})
    until(lambda: (now := studio.generations.get(job.id)).troubled_since is None and now.error is None)
    meddler.forget()
    done = studio.wait(job.id, 60)
    assert (done.state, done.error, done.troubled_since) == ("done", None, None)


def test_engine_when_something_unforeseen_happens_then_it_asks_again(studio, ledger, submit, meddler, monkeypatch):
    asked = []

    def stumble(*_):
        asked.append(1)
        raise RuntimeError("nobody thought of this")

    with monkeypatch.context() as patch:
        patch.setattr("components.engine.collect.save", stumble)
        job = submit(studio)
        until(lambda: len(asked) > 2)
    assert studio.wait(job.id, 60).state == "done"
    assert paid_once(ledger, meddler)
