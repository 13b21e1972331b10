"""Segmind's error answers as sentences; readers hold whatever JSON comes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import errors
from components.providers.base import Done, Failed, Running, Started
from components.providers.segmind import client
from components.providers.segmind import errors as says
from components.providers.segmind.errors import SEGMIND, of_job
from tests.providers.documented import answer, answers

ERRORS = answers("errors")
MEANING = {
    "400": errors.RequestRefused,
    "401_missing": errors.KeyRefused,
    "401_wrong": errors.KeyRefused,
    "401_token": errors.KeyRefused,
    "402": errors.OutOfCredits,
    "403": errors.AccessDenied,
    "404": errors.ModelUnavailable,
    "405": errors.ModelUnavailable,
    "406_credits": errors.OutOfCredits,
    "406_team": errors.OutOfCredits,
    "406_type": errors.RequestRefused,
    "410": errors.ModelUnavailable,
    "422": errors.RequestRefused,
    "429": errors.RateLimited,
    "500": errors.ServerFailed,
    "502": errors.OutcomeUnknown,
    "503": errors.OutcomeUnknown,
    "504": errors.OutcomeUnknown,
}
HEX = "0123456789abcdef"
SECRETS = [
    f"SG_{HEX}",
    "https://images.segmind.com/a.mp4?X-Signature=1",
    "http://10.0.0.1/internal",
    HEX * 3,
    "a_b-C" * 8,
]


@pytest.mark.parametrize("name", ERRORS)
def test_error_when_documented_then_class_sentence_and_hint_fit(name):
    error = SEGMIND.refusal(ERRORS[name])
    assert type(error) is MEANING[name]
    assert error.message.endswith((".", "…")) or "It says:" in error.message
    assert error.hint.endswith(".")
    assert "<" not in str(error)


@pytest.mark.parametrize("name", ERRORS)
def test_error_when_it_answers_a_submission_or_the_blocking_call_then_it_means_the_same(name):
    for read in (client.read_submission, client.read_blocking):
        with pytest.raises(MEANING[name]):
            read(ERRORS[name])


@pytest.mark.parametrize("name", ERRORS)
def test_error_when_it_answers_a_question_then_asking_again_is_safe_unless_the_key_is_to_blame(name):
    expected = {"401": errors.KeyRefused, "403": errors.AccessDenied}.get(name[:3], errors.ProviderTrouble)
    with pytest.raises(expected):
        client.read_status(ERRORS[name])


@pytest.mark.parametrize("status", [404, 405, 410])
@pytest.mark.parametrize(
    "words", ["Request 2c7f not found", "No credits found for the user", "", "<h1>Not Found</h1>"]
)
def test_error_when_it_does_not_speak_of_the_model_then_nothing_is_proved(status, words):
    for given_answer in (answer({"error": words}, status), answer(content=words.encode(), status=status)):
        assert isinstance(SEGMIND.refusal(given_answer), errors.OutcomeUnknown)


@pytest.mark.parametrize("status", [400, 404, 409, 500, 503])
def test_question_when_it_fails_with_the_word_of_a_failed_job_then_the_job_goes_on(status):
    with pytest.raises(errors.ProviderTrouble):
        client.read_status(answer({"status": "FAILED", "error": "no"}, status))


def test_error_when_a_value_is_refused_then_the_providers_words_are_shown():
    assert "frames must be at most 100" in SEGMIND.refusal(ERRORS["400"]).message


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("field", ["error", "message", "detail"])
def test_error_when_its_text_holds_a_secret_then_it_is_taken_out(field, secret):
    for error in (
        SEGMIND.refusal(answer({field: f"bad {secret} here"}, 400)),
        SEGMIND.error(of_job(f"bad {secret} here")),
    ):
        assert secret not in str(error)
        assert "bad … here" in error.message


def test_error_when_its_text_is_long_then_it_is_cut_at_200_characters_of_one_line():
    said = SEGMIND.refusal(answer({"error": "very\nbad " * 200}, 422)).message.partition("It says: ")[2]
    assert len(said) == 200
    assert said.endswith("…")
    assert "\n" not in said


def test_rate_limit_when_the_header_names_the_reset_then_the_wait_is_known(monkeypatch):
    monkeypatch.setattr(says, "datetime", _At)
    assert SEGMIND.refusal(ERRORS["429"]).retry_after == 30.0
    assert _wait("2026-11-20T12:00:10+00:00") == 10.0
    assert _wait("2026-11-20T12:00:10") == 10.0
    assert _wait("2026-11-20T11:59:00Z") == 0.0


@pytest.mark.parametrize("when", ["", "soon", "30", "1795176030", "2026-13-45"])
def test_rate_limit_when_the_header_is_unreadable_then_the_wait_is_not_known(when):
    assert _wait(when) is None


def _wait(when):
    return SEGMIND.refusal(answer({}, 429, x_rate_limit_reset_at_utc=when)).retry_after


class _At(says.datetime):
    """Stands at the moment of the fixtures."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 20, 12, 0, 0, tzinfo=tz)


WORDS = st.sampled_from(["QUEUED", "COMPLETED", "FAILED", "PENDING", "https://x.example/v.mp4", "SG_1", "NaN"])
STEERING = ["status", "error", "message", "detail", "metrics", "cost", "credits_deduction", "request_id"]
KEYS = st.sampled_from([*STEERING, "output", "url", "urls", "file_urls", "video", "video_url", "generation_url"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
STATUSES = st.sampled_from([200, 201, 202, 204, 302, 400, 401, 404, 406, 408, 422, 429, 500, 503])
READERS = (
    client.read_submission,
    client.read_blocking,
    client.read_status,
    client.read_result,
    client.read_history,
    client.read_upload,
)


@settings(max_examples=150, deadline=None)
@given(body=JSON, status=STATUSES, header=WORDS)
def test_readers_when_fed_any_json_then_they_raise_nothing_but_provider_errors(body, status, header):
    _feed(answer(body, status, x_cost=header, x_rate_limit_reset_at_utc=header))


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=40), status=STATUSES)
def test_readers_when_fed_any_bytes_then_they_raise_nothing_but_provider_errors(content, status):
    _feed(answer(content=content, status=status))


def _feed(given_answer):
    for read in READERS:
        found, error = None, None
        try:
            found = read(given_answer)
        except errors.ProviderError as refused:
            error = refused
        assert error is None or (error.message and error.hint)
        assert found is None or isinstance(found, Started | Running | Done | Failed | str)
