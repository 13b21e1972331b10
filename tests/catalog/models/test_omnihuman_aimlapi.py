"""OmniHuman's entry against AI/ML API's page, github.com/aimlapi/api-docs, 2026-08-21."""

from __future__ import annotations

import pytest

from components.catalog import MODELS
from components.catalog.check import validate
from components.catalog.spec import VoiceLimits
from components.errors import InvalidRequest

OMNIHUMAN = MODELS["aimlapi/omnihuman"]
GIVEN = {"image_url": "https://x.example/i.png", "audio_url": "https://x.example/a.mp3"}


def test_parameters_when_compared_with_the_documents_then_none_is_missing_or_invented():
    assert OMNIHUMAN.parameters() == OMNIHUMAN.files() == ["image_url", "audio_url"]


def test_limits_when_compared_with_the_documents_then_audio_is_under_30_seconds_and_by_address_only():
    assert (OMNIHUMAN.voice, OMNIHUMAN.address_only) == (VoiceLimits(30.0), ("audio_url",))


def test_request_when_both_files_are_given_then_it_is_valid():
    assert validate(OMNIHUMAN, GIVEN).model_dump() == GIVEN


@pytest.mark.parametrize(("name", "words"), [("image_url", "Portrait"), ("audio_url", "Voice")])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_request_when_a_file_is_missing_then_the_sentence_names_it(name, words, value):
    with pytest.raises(InvalidRequest) as refused:
        validate(OMNIHUMAN, GIVEN | {name: value})
    assert refused.value.problems == {name: f"{words} ({name}) is missing."}
