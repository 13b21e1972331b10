"""OmniHuman-1's entry against Runware's page of `bytedance:5@1`, read 2026-11-20."""

from __future__ import annotations

from typing import get_args

import pytest

from components.catalog import MODELS
from components.catalog.check import bounds, check_value, validate
from components.catalog.spec import PictureLimits, VoiceLimits
from components.errors import InvalidRequest

SPEC = MODELS["runware/omnihuman-1"]
FILES = {"referenceImages": "https://example.com/a.jpg", "audio": "https://example.com/a.mp3"}
DEFAULTS = {
    "numberResults": 1,
    "outputFormat": "MP4",
    "outputQuality": 95,
    "checkContent": False,
    "mode": "none",
    "includeCost": True,
    "ttl": None,
    "webhookURL": None,
    "uploadEndpoint": None,
}


def test_parameters_when_compared_with_the_documents_then_none_is_missing_or_invented():
    assert set(SPEC.parameters()) == {*FILES, *DEFAULTS}
    assert SPEC.files() == ["referenceImages", "audio"]


def test_defaults_when_nothing_else_is_given_then_they_are_the_documented_ones():
    assert validate(SPEC, FILES).model_dump() == FILES | DEFAULTS


def test_bounds_when_compared_with_the_documents_then_they_are_the_same():
    assert (bounds(SPEC, "numberResults"), bounds(SPEC, "outputQuality")) == ((1, 4), (20, 99))
    assert get_args(SPEC.field("outputFormat").annotation) == ("MP4", "WEBM", "MOV")
    assert get_args(SPEC.field("mode").annotation) == ("none", "fast", "full")
    assert check_value(SPEC, "ttl", 60) is None
    assert SPEC.picture == PictureLimits(sides=(300, 6000), most_bytes=10_000_000)
    assert SPEC.voice == VoiceLimits(30.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("numberResults", 5),
        ("outputQuality", 19),
        ("outputFormat", "GIF"),
        ("ttl", 59),
        ("mode", "strict"),
        ("checkContent", "often"),
        ("webhookURL", "http://example.com"),
        ("uploadEndpoint", "ftp://example.com"),
        ("uploadEndpoint", "https:// example.com"),
    ],
)
def test_value_when_out_of_the_documents_then_a_sentence_names_it(name, value):
    with pytest.raises(InvalidRequest) as refused:
        validate(SPEC, FILES | {name: value})
    assert refused.value.problems.keys() == {name}
    assert refused.value.problems[name].startswith(SPEC.control(name).title)
