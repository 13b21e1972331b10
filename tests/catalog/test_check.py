"""What does not fit a request is told in a sentence that a creator understands."""

from __future__ import annotations

import pytest

from components.catalog import MODELS
from components.catalog.check import check_value, validate
from components.errors import InvalidRequest

HUMO = MODELS["segmind/humo"]
GIVEN = {"prompt": "A woman speaks", "audio": "https://example.com/a.mp3"}


def problems(**changes):
    with pytest.raises(InvalidRequest) as refused:
        validate(HUMO, GIVEN | changes)
    return refused.value.problems


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"frames": 9}, {"frames": "Length (frames) must be between 10 and 100; you gave 9."}),
        ({"frames": 101}, {"frames": "Length (frames) must be between 10 and 100; you gave 101."}),
        ({"scale_a": 0.9}, {"scale_a": "Follow the voice (scale_a) must be between 1 and 10; you gave 0.9."}),
        ({"scale_t": 10.1}, {"scale_t": "Follow the text (scale_t) must be between 1 and 10; you gave 10.1."}),
        ({"steps": 0}, {"steps": "Steps (steps) must be between 1 and 100; you gave 0."}),
        ({"width": 1279}, {"width": "Width (width) must be 1280 or 832; you gave 1279."}),
        ({"mode": "IA"}, {"mode": "Uses (mode) must be 'TA' or 'TIA'; you gave 'IA'."}),
        ({"prompt": None}, {"prompt": "Direction (prompt) is missing."}),
        ({"prompt": "  \n "}, {"prompt": "Direction (prompt) is missing."}),
        ({"audio": ""}, {"audio": "Voice (audio) is missing."}),
        ({"seed": 1}, {"seed": "HuMo has no parameter called 'seed'."}),
        ({"mode": "TIA"}, {"image": "TIA needs a portrait image; choose one or switch to TA."}),
        ({"mode": "TIA", "image": ""}, {"image": "TIA needs a portrait image; choose one or switch to TA."}),
    ],
)
def test_validate_when_a_value_does_not_fit_then_the_sentence_says_why(changes, expected):
    assert problems(**changes) == expected


def test_validate_when_several_values_do_not_fit_then_each_has_its_sentence():
    assert list(problems(frames=1, width=5, prompt=None)) == ["prompt", "frames", "width"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 30.5, "thirty", [], True])
def test_validate_when_a_number_is_none_then_it_is_refused_in_one_sentence(value):
    assert problems(frames=value)["frames"].startswith("Length (frames)")


@pytest.mark.parametrize("edge", [{"frames": 10}, {"frames": 100}, {"scale_a": 1}, {"scale_t": 10}, {"steps": 1}])
def test_validate_when_a_value_is_on_the_bound_then_it_fits(edge):
    assert validate(HUMO, GIVEN | edge).model_dump().items() >= edge.items()


def test_validate_when_tia_has_a_portrait_then_it_fits():
    assert validate(HUMO, GIVEN | {"mode": "TIA", "image": "https://example.com/i.png"}).model_dump()["image"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("frames", 30), ("scale_a", 5), ("scale_a", 5.5), ("mode", "TIA"), ("width", 832), ("prompt", "x")],
)
def test_check_value_when_the_json_type_is_right_then_nothing_is_wrong(name, value):
    assert check_value(HUMO, name, value) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("frames", True),
        ("frames", "30"),
        ("frames", 30.5),
        ("frames", None),
        ("scale_a", "5"),
        ("scale_a", True),
        ("width", "832"),
        ("mode", "ta"),
        ("prompt", 7),
        ("prompt", ""),
        ("audio", ["a"]),
    ],
)
def test_check_value_when_the_json_type_is_wrong_then_a_sentence_names_the_parameter(name, value):
    sentence = check_value(HUMO, name, value)
    assert f"({name})" in sentence
    assert sentence.endswith(".")
