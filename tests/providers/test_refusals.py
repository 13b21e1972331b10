"""One sentence for each kind of trouble, whichever provider: whole, fit to be shown, and honest about money."""

from __future__ import annotations

import pytest

from components.errors import GenerationFailed, NotStarted, OutcomeUnknown, ProviderError, RateLimited
from components.providers import PROVIDERS
from components.providers.http import Answer
from components.providers.refusals import SENTENCES, Meaning, Refusals

NOBODY = Refusals("Nobody", "https://nobody.example/pay", (), lambda answer: Meaning("refused", "no {name}"))


@pytest.fixture(params=[kind.refusals for kind in PROVIDERS.values()], ids=PROVIDERS.keys())
def refusals(request):
    return request.param


@pytest.mark.parametrize("kind", SENTENCES)
def test_sentence_when_said_for_a_provider_then_nothing_is_left_to_fill_in(refusals, kind):
    error = refusals.of(kind)
    assert isinstance(error, ProviderError)
    assert error.message.endswith(".")
    assert error.hint.endswith(".")
    assert refusals.name in error.message
    assert not {"{", "}"} & set(str(error))


@pytest.mark.parametrize("kind", SENTENCES)
def test_sentence_when_it_speaks_of_money_then_there_is_proof(refusals, kind):
    error = refusals.of(kind)
    free = "Nothing was charged" in error.hint or "Nothing was started" in error.hint
    assert not free or isinstance(error, NotStarted)
    assert ("says that it bills successes only" in error.hint) == (
        isinstance(error, GenerationFailed) and refusals.failures_free
    )
    assert ("may still be made and charged" in error.hint) == isinstance(error, OutcomeUnknown)


@pytest.mark.parametrize("kind", SENTENCES)
def test_sentence_when_it_says_that_nothing_was_charged_then_it_is_the_providers_word(refusals, kind):
    hint = refusals.of(kind).hint
    assert "Nothing was" not in hint or f"says {refusals.name}." in hint


def test_key_when_refused_then_every_variable_of_it_is_named(refusals):
    assert all(key.name.upper() in refusals.of("key").hint for key in refusals.keys)


def test_credits_when_there_are_none_then_the_hint_says_where_they_are_bought(refusals):
    assert refusals.billing in refusals.of("credits").hint


def test_answer_when_its_words_hold_braces_then_they_are_shown_as_they_are():
    assert NOBODY.refusal(Answer(400, {}, b"")).message == "Nobody refused the request. It says: no {name}."


def test_wait_when_the_provider_names_one_then_the_error_has_it(refusals):
    error = refusals.error(Meaning("busy", retry_after=7.0))
    assert isinstance(error, RateLimited)
    assert error.retry_after == 7.0


@pytest.mark.parametrize("status", [402, 404, 418, 429, 500, 502])
def test_question_when_it_went_unanswered_then_asking_again_is_safe(refusals, status):
    assert refusals.trouble(Answer(status, {}, b"")).code == "provider_trouble"
    assert refusals.trouble(Answer(status, {}, b""), "untold").code == "provider_trouble"
