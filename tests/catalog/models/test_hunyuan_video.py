"""Hunyuan Video's entry against the table on Segmind's page of hunyuan-video, read 2026-11-20, word for word."""

from __future__ import annotations

import pytest

from components.catalog import MODELS
from components.catalog.check import bounds, check_value, validate
from components.errors import InvalidRequest

HUNYUAN = MODELS["segmind/hunyuan-video"]
NUMBERS = {
    "width": (int, 1, 1280, 854),
    "height": (int, 1, 1280, 480),
    "infer_steps": (int, 1, 70, 40),
    "video_length": (int, 1, 129, 77),
    "flow_shift": (float, 1, 15, 7),
    "embedded_guidance_scale": (int, 1, 10, 6),
}
TEXTS = {
    "prompt": "A cat walks on the grass, realistic style.",
    "negative_prompt": "Aerial view, overexposed, low quality, deformation",
}


@pytest.mark.parametrize("name", NUMBERS)
def test_number_when_compared_with_the_documents_then_type_bounds_and_default_are_the_same(name):
    kind, low, high, default = NUMBERS[name]
    field = HUNYUAN.field(name)
    assert (field.annotation, bounds(HUNYUAN, name), field.default) == (kind, (low, high), default)


@pytest.mark.parametrize("name", TEXTS)
def test_text_when_compared_with_the_documents_then_the_default_is_the_same(name):
    assert (HUNYUAN.field(name).annotation, HUNYUAN.field(name).default) == (str, TEXTS[name])


def test_seed_when_compared_with_the_documents_then_it_is_an_integer_without_bounds():
    assert (HUNYUAN.field("seed").annotation, HUNYUAN.field("seed").default) == (int, 96501778)
    assert bounds(HUNYUAN, "seed") is None
    assert validate(HUNYUAN, {"seed": -1}).model_dump()["seed"] == -1


def test_parameters_when_compared_with_the_documents_then_none_is_missing_or_invented():
    assert set(HUNYUAN.parameters()) == NUMBERS.keys() | TEXTS.keys() | {"seed"}
    assert HUNYUAN.files() == []


def test_price_and_time_when_compared_with_the_documents_then_they_are_the_averages():
    assert (HUNYUAN.price.usd, HUNYUAN.typical_seconds) == (1.464, (211, 211))


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("side", [0, 1])
def test_number_when_on_or_beyond_the_bound_then_only_the_bound_fits(name, side):
    edge = bounds(HUNYUAN, name)[side]
    assert validate(HUNYUAN, {name: edge}).model_dump()[name] == edge
    with pytest.raises(InvalidRequest, match=rf"\({name}\) must be between"):
        validate(HUNYUAN, {name: edge + (1 if side else -1)})


@pytest.mark.parametrize("prompt", ["", "   "])
def test_prompt_when_empty_then_it_is_required(prompt):
    with pytest.raises(InvalidRequest, match=r"Scene \(prompt\) is missing"):
        validate(HUNYUAN, {"prompt": prompt})


def test_guidance_when_it_is_no_whole_number_then_it_is_refused_though_the_shift_may_be_one():
    assert check_value(HUNYUAN, "embedded_guidance_scale", 6.5)
    assert check_value(HUNYUAN, "flow_shift", 6.5) is None


@pytest.mark.parametrize("preset", HUNYUAN.durations, ids=lambda preset: preset.label)
def test_duration_when_pressed_then_the_model_makes_exactly_that_many_frames(preset):
    assert preset.values["video_length"] % 4 == 1


def test_resolutions_when_listed_then_the_default_is_first_and_the_others_need_no_rounding():
    first, *others = [preset.values for preset in HUNYUAN.resolutions]
    assert first == {"width": 854, "height": 480}
    assert all(side % 16 == 0 for values in others for side in values.values())
