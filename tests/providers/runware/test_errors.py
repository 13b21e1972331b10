"""Runware's error answers as sentences; readers hold whatever JSON comes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import errors
from components.providers.base import Done, Failed, Running
from components.providers.runware import answers as reads
from components.providers.runware.errors import RUNWARE
from tests.providers.documented import answer, answers

NUMBER = "9d0b8c2e-6c1f-4c1e-8f57-2f0f6a1b7c3d"
ERRORS = answers("runware_errors")
MEANING = {
    "400": errors.RequestRefused,
    "400_list": errors.RequestRefused,
    "400_missing": errors.RequestRefused,
    "400_unsafe": errors.RequestRefused,
    "400_unknown_code": errors.RequestRefused,
    "400_expired_media": errors.RequestRefused,
    "400_single": errors.RequestRefused,
    "401": errors.KeyRefused,
    "401_empty": errors.KeyRefused,
    "402": errors.OutOfCredits,
    "400_credits": errors.OutOfCredits,
    "403": errors.AccessDenied,
    "403_suspended": errors.AccessDenied,
    "404": errors.ModelUnavailable,
    "404_html": errors.ModelUnavailable,
    "400_model": errors.ModelUnavailable,
    "429": errors.RateLimited,
    "429_empty": errors.RateLimited,
    "503": errors.RateLimited,
    "500": errors.OutcomeUnknown,
    "500_invalid": errors.OutcomeUnknown,
    "502": errors.OutcomeUnknown,
    "504": errors.OutcomeUnknown,
    "200_error": errors.RequestRefused,
}


def test_errors_when_listed_then_each_has_its_meaning():
    assert ERRORS.keys() == MEANING.keys()


@pytest.mark.parametrize("name", ERRORS)
def test_error_when_it_answers_a_submission_then_class_sentence_and_hint_fit(name):
    with pytest.raises(errors.ProviderError) as raised:
        reads.read_submission(ERRORS[name], NUMBER)
    assert type(raised.value) is MEANING[name]
    assert raised.value.message.endswith((".", "…"))
    assert raised.value.hint.endswith(".")
    assert "<" not in str(raised.value)


def test_refusal_when_it_names_parameters_then_the_sentence_names_them():
    assert "inputs.audio, inputs.referenceImages" in RUNWARE.refusal(ERRORS["400_list"]).message


def test_credits_when_there_are_none_then_the_hint_says_where_they_are_bought():
    assert RUNWARE.billing in RUNWARE.refusal(ERRORS["402"]).hint


def test_safety_when_it_refuses_then_the_raw_words_stay_out():
    refused = RUNWARE.refusal(ERRORS["400_unsafe"])
    assert "safety check" in refused.message
    assert "RAW" not in str(refused)


@pytest.mark.parametrize("code", ["invalidInputs", "insufficientCredits", "invalidApiKey", "providerError"])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_when_it_fails_with_a_word_of_refusal_then_nothing_is_proved(code, status):
    refused = RUNWARE.refusal(answer({"errors": [{"code": code, "message": "It failed."}]}, status))
    full = status == 503 and code == "providerError"
    assert isinstance(refused, errors.RateLimited if full else errors.OutcomeUnknown)
    assert full or "Nothing was charged" not in refused.hint


@pytest.mark.parametrize("status", [400, 405, 408, 409, 410, 422])
def test_question_when_it_was_refused_without_the_tasks_number_then_the_job_goes_on(status):
    for body in (
        {"errors": [{"code": "invalidRequest", "message": "Not so."}]},
        {"error": {"code": "providerError", "message": "Not so."}},
    ):
        with pytest.raises(errors.ProviderTrouble):
            reads.read_poll(answer(body, status), NUMBER, 1)
        assert reads.knows(answer(body, status), NUMBER) is None


@pytest.mark.parametrize("status", [400, 422])
def test_question_when_it_was_refused_with_the_tasks_number_then_the_job_failed(status):
    body = {"errors": [{"code": "providerError", "message": "Not so.", "taskUUID": NUMBER}]}
    assert isinstance(reads.read_poll(answer(body, status), NUMBER, 1), Failed)


def test_queue_when_a_503_does_not_bear_runwares_words_then_nothing_is_proved():
    for given_answer in (answer({"message": "no"}, 503), answer(content=b"<html></html>", status=503)):
        assert isinstance(RUNWARE.refusal(given_answer), errors.OutcomeUnknown)


def test_archive_when_it_says_404_in_any_shape_then_it_is_not_there():
    for given_answer in (answer({"message": "no"}, 404), answer(content=b"<html></html>", status=404)):
        assert reads.read_archive(given_answer, NUMBER, 1) is None


def test_queue_when_it_is_full_then_the_providers_wish_is_kept():
    assert RUNWARE.refusal(ERRORS["429_empty"]).retry_after == 7


@pytest.mark.parametrize("secret", ["https://im.runware.ai/a?sig=1", "data:image/png;base64,AAAA", "k" * 32])
def test_words_when_they_hold_a_secret_then_it_is_struck_out(secret):
    body = {"errors": [{"code": "invalidInputs", "message": f"Wrong: {secret} here"}]}
    assert secret not in str(RUNWARE.refusal(answer(body, 400)))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "errors", "error", "status", "taskUUID", "code"]), inner, max_size=4
        )
        | st.dictionaries(
            st.sampled_from(["videoURL", "cost", "response", "parameter", "message"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(json_values, st.sampled_from([200, 400, 401, 404, 429, 500]))
def test_readers_when_any_json_comes_then_they_give_a_result_or_a_sentence(body, status):
    found = answer(body, status)
    for read in (
        lambda: reads.read_submission(found, NUMBER),
        lambda: reads.read_poll(found, NUMBER, 2),
        lambda: reads.read_archive(found, NUMBER, 2),
        lambda: reads.read_media(found),
        lambda: reads.knows(found, NUMBER),
    ):
        result, refused = None, None
        try:
            result = read()
        except errors.ProviderError as error:
            refused = error
        assert refused is None or (refused.message and refused.hint)
        assert result is None or isinstance(result, Running | Done | Failed | str | bool)
