"""AI/ML API's error answers as sentences; readers hold whatever JSON comes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import errors
from components.providers.aimlapi import client
from components.providers.aimlapi.errors import AIMLAPI, of_job
from components.providers.base import Account, Done, Failed, Running, Started
from tests.providers.documented import answer, answers

ERRORS = answers("aimlapi_errors")
MEANING = {
    "400": errors.RequestRefused,
    "401": errors.KeyRefused,
    "403": errors.OutOfCredits,
    "403_scope": errors.AccessDenied,
    "403_verification": errors.AccessDenied,
    "404": errors.ModelUnavailable,
    "429": errors.RateLimited,
    "429_text": errors.RateLimited,
    "500": errors.ServerFailed,
    "500_maintenance": errors.ModelUnavailable,
    "502": errors.OutcomeUnknown,
    "503": errors.OutcomeUnknown,
    "504": errors.OutcomeUnknown,
    "504_page": errors.OutcomeUnknown,
}
QUESTION = {
    "401": errors.KeyRefused,
    "403_scope": errors.AccessDenied,
    "403_verification": errors.AccessDenied,
    "404": errors.RecordMissing,
}
SECRETS = ["https://cdn.aimlapi.com/a.mp4?sig=1", "data:image/png;base64,AAAA", "0123456789abcdef" * 3]


@pytest.mark.parametrize("name", ERRORS)
def test_error_when_documented_then_class_sentence_and_hint_fit(name):
    with pytest.raises(MEANING[name]) as refused:
        client.read_submission(ERRORS[name])
    error = refused.value
    assert type(error) is MEANING[name]
    assert error.message.endswith((".", "…"))
    assert error.hint.endswith(".")
    assert "<" not in str(error)


@pytest.mark.parametrize("name", ERRORS)
def test_error_when_it_answers_a_question_then_asking_again_is_safe_unless_a_person_must_act(name):
    with pytest.raises(QUESTION.get(name, errors.ProviderTrouble)):
        client.read_generation(ERRORS[name])


@pytest.mark.parametrize("status", [400, 422, 500])
def test_question_when_it_fails_with_the_word_of_a_failed_job_then_the_job_goes_on(status):
    with pytest.raises(errors.ProviderTrouble):
        client.read_generation(answer({"status": "error", "message": "Bad question"}, status))


def test_error_when_a_value_is_refused_then_the_providers_words_are_shown():
    assert "audio_url must be a valid URL" in AIMLAPI.refusal(ERRORS["400"]).message


def test_credits_when_used_up_then_the_hint_says_where_they_are_bought():
    assert AIMLAPI.billing in AIMLAPI.refusal(ERRORS["403"]).hint


@pytest.mark.parametrize("secret", SECRETS)
def test_error_when_its_text_holds_an_address_or_a_secret_then_it_is_taken_out(secret):
    told = f"bad {secret} here"
    detail = {"detail": [{"msg": told, "input": secret}]}
    for error in (
        AIMLAPI.refusal(answer({"message": told}, 400)),
        AIMLAPI.error(of_job(told)),
        AIMLAPI.error(of_job(detail)),
    ):
        assert secret not in str(error)
        assert "bad … here" in error.message


def test_error_when_its_text_is_long_then_it_is_cut_at_200_characters_of_one_line():
    said = AIMLAPI.refusal(answer({"message": "very\nbad " * 200}, 400)).message.partition("It says: ")[2]
    assert len(said) == 200
    assert said.endswith("…")
    assert "\n" not in said


@pytest.mark.parametrize("error", [None, {}, [], {"detail": []}, 7, {"message": {"message": 1}}])
def test_failed_job_when_it_gives_no_words_then_a_sentence_stands_all_the_same(error):
    assert AIMLAPI.error(of_job(error)).message == "The video failed at AI/ML API."


@pytest.mark.parametrize(
    "error", ["Blocked: content_policy_violation", {"detail": [{"msg": "no", "type": "content_policy_violation"}]}]
)
def test_failed_job_when_refused_for_safety_then_it_says_so_without_the_providers_words(error):
    message = AIMLAPI.error(of_job(error)).message
    assert "safety check" in message
    assert "policy" not in message


@pytest.mark.parametrize(("header", "expected"), [("7", 7.0), ("", None), ("soon", None), ("9" * 9, 3600.0)])
def test_rate_limit_when_the_wait_is_named_then_it_is_kept(header, expected):
    assert AIMLAPI.refusal(answer({}, 429, Retry_After=header)).retry_after == expected


WORDS = st.sampled_from(["queued", "completed", "FAILED", "error", "https://x.example/v.mp4", "NaN", "USD"])
STEERING = ["status", "error", "message", "detail", "msg", "meta", "usage", "credits_used", "id", "currency"]
KEYS = st.sampled_from([*STEERING, "video", "url", "current_balance", "balance", "generation_id"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
STATUSES = st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 422, 429, 500, 503])
READERS = (client.read_submission, client.read_generation, client.read_account)


@settings(max_examples=150, deadline=None)
@given(body=JSON, status=STATUSES, header=WORDS)
def test_readers_when_fed_any_json_then_they_raise_nothing_but_provider_errors(body, status, header):
    for read in READERS:
        found, error = None, None
        try:
            found = read(answer(body, status, Retry_After=header))
        except errors.ProviderError as refused:
            error = refused
        assert error is None or (error.message and error.hint)
        assert found is None or isinstance(found, Started | Running | Done | Failed | Account)
