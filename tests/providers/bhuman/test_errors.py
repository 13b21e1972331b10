"""BHuman's error answers as sentences, and the promise that whatever JSON comes, reading it ends in order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import errors
from components.providers.base import Started
from components.providers.bhuman import closed, rows
from components.providers.bhuman.errors import BHUMAN
from tests.providers.documented import answer, answers

ERRORS = answers("bhuman_errors")
MEANING = {
    "400": errors.RequestRefused,
    "400_in_a_200": errors.RequestRefused,
    "401": errors.KeyRefused,
    "402": errors.OutOfCredits,
    "403": errors.AccessDenied,
    "404": errors.ModelUnavailable,
    "405": errors.ModelUnavailable,
    "422_text": errors.RequestRefused,
    "422_detail": errors.RequestRefused,
    "429": errors.RateLimited,
    "quota_in_a_200": errors.OutOfCredits,
    "quota_400": errors.OutOfCredits,
    "500": errors.OutcomeUnknown,
    "500_in_a_200": errors.OutcomeUnknown,
    "502": errors.OutcomeUnknown,
    "503": errors.OutcomeUnknown,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "result", "error", "id", "status", "url", "text"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ERRORS)
def test_error_when_documented_then_class_sentence_and_hint_fit(name):
    with pytest.raises(errors.ProviderError) as caught:
        rows.read_submission(ERRORS[name], {})
    error = caught.value
    assert type(error) is MEANING[name]
    assert error.message.endswith((".", "…"))
    assert error.hint.endswith(".")
    assert "<" not in str(error)
    assert "10.0.0.1" not in str(error)


def test_error_when_a_parameter_is_named_then_the_words_are_shown():
    assert "missing field `names`" in BHUMAN.refusal(ERRORS["422_text"]).message
    assert "field required" in BHUMAN.refusal(ERRORS["422_detail"]).message
    assert BHUMAN.refusal(ERRORS["429"]).retry_after == 7


def test_error_when_it_names_a_place_as_programs_do_then_it_is_told_without_brackets():
    assert "names 0 has 1 values" in BHUMAN.refusal(ERRORS["400"]).message


@pytest.mark.parametrize("status", [406, 410, 413])
def test_refusal_when_no_document_of_bhumans_knows_it_then_nothing_is_proved(status):
    assert isinstance(BHUMAN.refusal(answer({"message": "no"}, status)), errors.OutcomeUnknown)


def test_server_when_it_fails_with_a_word_of_credits_then_nothing_is_proved():
    for given_answer in (
        answer({"error": "quota service is down"}, 500),
        answer({"code": 503, "result": "credit"}),
    ):
        assert isinstance(BHUMAN.refusal(given_answer), errors.OutcomeUnknown)


@pytest.mark.parametrize("status", [401, 403])
def test_list_when_refused_then_nothing_is_said_against_the_key(status):
    error = closed.no_list(answer({}, status))
    assert isinstance(error, errors.AccessDenied)
    assert "does not open its lists" in error.message
    assert "Paste the template's id" in error.hint


def test_list_when_refused_inside_a_200_then_it_means_the_same():
    assert isinstance(closed.no_list(answer({"code": 401, "result": {"error": "no"}})), errors.AccessDenied)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, errors.NotFound),
        (422, errors.RequestRefused),
        (500, errors.ProviderTrouble),
        (200, errors.ProviderTrouble),
    ],
)
def test_list_when_it_does_not_come_then_the_sentence_fits(status, kind):
    assert type(closed.no_list(answer(None, status))) is kind


def test_note_when_many_rows_failed_then_five_are_named_and_the_rest_counted():
    note = rows.some_failed([f"row {number}" for number in range(1, 1501)], 2000)
    assert note.message.startswith("Render failed for 1500 of 2000 rows: row 1; row 2;")
    assert note.message.endswith("row 5; and 1,495 more.")


@settings(max_examples=300, deadline=None)
@given(body=JSON, status=st.sampled_from([200, 201, 400, 401, 404, 422, 429, 500]))
def test_readers_when_given_any_json_then_they_end_in_order(body, status):
    given_answer = answer(body, status)
    for read in (
        lambda: rows.read_submission(given_answer, {}),
        lambda: rows.read_generated(given_answer, "x" * 8),
    ):
        try:
            found = read()
        except errors.ProviderError:
            continue
        assert found is None or isinstance(found, Started) or found.id
