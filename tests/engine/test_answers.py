"""What each documented answer to a submission makes of a generation, and what it costs."""

from __future__ import annotations

import pytest

from tests.engine.meddler import SUBMISSION

REFUSED = [
    # status, state, code, a word of the sentence, a word of the hint
    (400, "failed", "request_refused", "refused", "Nothing was charged"),
    (401, "failed", "key_refused", "API key", "SEGMIND_API_KEY"),
    (403, "failed", "access_denied", "let this key", "account"),
    (406, "failed", "out_of_credits", "credits", "billing"),
    (500, "failed", "server_failed", "server failed", "says that it bills successes only"),
    (502, "uncertain", "outcome_unknown", "HTTP 502", "history"),
    (504, "uncertain", "outcome_unknown", "HTTP 504", "history"),
]


@pytest.mark.parametrize(("status", "state", "code", "sentence", "hint"), REFUSED)
def test_submission_when_refused_then_ends_with_a_sentence_and_is_sent_once(
    studio, sandbox, ledger, submit, meddler, status, state, code, sentence, hint
):
    sandbox.rehearse(answer=status)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code) == (state, code)
    assert sentence in job.error.message
    assert hint in job.error.hint
    assert (ledger.paid(), ledger.refused(), meddler.seen(SUBMISSION)) == ([], [status], 1)


@pytest.mark.parametrize("status", [404, 405, 410])
def test_submission_when_v2_does_not_have_the_model_then_v1_makes_the_video(
    studio, sandbox, ledger, submit, status
):
    sandbox.rehearse(answer=status)
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, job.error, job.operation) == ("done", None, None)
    assert ([line["api"] for line in ledger.paid()], ledger.refused()) == (["v1"], [status])


@pytest.mark.parametrize("status", [404, 405, 410])
def test_submission_when_neither_has_the_model_then_failed_and_unpaid(studio, sandbox, ledger, submit, status):
    sandbox.rehearse(answer=status, times=2)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code) == ("failed", "model_unavailable")
    assert (ledger.paid(), ledger.refused()) == ([], [status, status])


@pytest.mark.parametrize("body", [{"error": "Request 2c7f not found"}, b"<h1>404 Not Found</h1>"])
def test_submission_when_a_404_says_nothing_of_the_model_then_uncertain_and_no_second_request(
    studio, submit, meddler, body
):
    meddler.answer(SUBMISSION, 404, body)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, meddler.seen(SUBMISSION)) == ("uncertain", 1)


def test_submission_when_the_answer_is_swallowed_then_uncertain_and_never_sent_again(
    studio, ledger, submit, meddler
):
    meddler.hang_up(SUBMISSION)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code) == ("uncertain", "outcome_unknown")
    assert "history" in job.error.hint
    assert (len(ledger.paid()), meddler.seen(SUBMISSION)) == (1, 1)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"status": "QUEUED"}', b'{"request_id": "../../secrets"}'])
def test_submission_when_taken_without_a_usable_number_then_uncertain(studio, submit, meddler, body):
    meddler.answer(SUBMISSION, 200, body)
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.operation) == ("uncertain", None)
    assert meddler.seen(SUBMISSION) == 1


def test_job_when_it_fails_at_the_provider_then_failed_with_its_words(studio, sandbox, ledger, submit):
    sandbox.rehearse(fail="Out of film")
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code, job.outputs) == ("failed", "generation_failed", ())
    assert "Out of film" in job.error.message
    assert len(ledger.paid()) == 1


def test_words_when_they_hold_a_secret_then_it_is_cut_out(studio, sandbox, submit):
    sandbox.rehearse(fail="key SG_abc123 at https://internal.example/x failed")
    job = studio.wait(submit(studio).id, 30)
    assert "SG_" not in job.error.message
    assert "https://" not in job.error.message
