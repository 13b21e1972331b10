"""Settings go over to another model by what they mean; what does not fit is said in a sentence."""

from __future__ import annotations

import pytest

from components.catalog import MODELS
from components.catalog.carry import alike, carry, fitting
from components.catalog.check import validate

HUMO, HUNYUAN = MODELS["segmind/humo"], MODELS["segmind/hunyuan-video"]
RUNWARE, AIMLAPI, BHUMAN = (
    MODELS[name] for name in ("runware/omnihuman-1", "aimlapi/omnihuman", "bhuman/personalized-video")
)
FACE, VOICE = "a" * 32, "b" * 32
DIRECTED = {
    "prompt": "A woman speaks.",
    "image": FACE,
    "audio": VOICE,
    "mode": "TIA",
    "frames": 97,
    "width": 832,
    "height": 480,
}
FILMED = {"prompt": "A cat.", "negative_prompt": "blur", "video_length": 77, "infer_steps": 50, "seed": 7}
SPOKEN = {"referenceImages": FACE, "audio": VOICE, "numberResults": 3}
PAIRS = [(source, target) for source in MODELS.values() for target in MODELS.values() if alike(source, target)]


def test_humo_when_carried_to_hunyuan_then_words_length_and_size_go_over():
    carried = carry(DIRECTED, HUMO, HUNYUAN)
    assert carried.values == {
        "prompt": "A woman speaks.",
        "video_length": 93,
        "infer_steps": 30,
        "width": 832,
        "height": 480,
    }
    assert set(carried.kept) == carried.values.keys()
    assert carried.left == (
        "Hunyuan Video takes no portrait.",
        "Hunyuan Video takes no voice.",
        "Length 97 frames at 25 fps (3.9 s) became 93 at 24 fps (3.9 s).",
    )


@pytest.mark.parametrize("target", [RUNWARE, AIMLAPI], ids=lambda spec: spec.id)
def test_humo_when_carried_to_omnihuman_then_both_files_go_over(target):
    carried = carry(DIRECTED, HUMO, target)
    assert list(carried.values.values()) == [FACE, VOICE]
    assert validate(target, carried.values)
    assert f"{target.name} takes no direction in words." in carried.left


def test_hunyuan_when_carried_to_humo_then_the_seed_stays_behind_and_the_voice_is_missing():
    carried = carry(FILMED, HUNYUAN, HUMO)
    assert carried.values["frames"] == 81
    assert "seed" not in carried.values
    assert "HuMo takes no seed: each take is a new one." in carried.left
    assert "HuMo cannot be told what to avoid." in carried.left
    assert "Still to be given there: Voice (audio)." in carried.left


@pytest.mark.parametrize(
    ("frames", "made", "end"),
    [(129, 97, ", the most that HuMo makes."), (1, 13, ", the least that HuMo makes."), (96, 97, ".")],
)
def test_length_when_the_other_makes_less_or_more_then_the_nearest_is_taken_and_said(frames, made, end):
    carried = carry(FILMED | {"video_length": frames}, HUNYUAN, HUMO)
    assert carried.values["frames"] == made
    assert next(said for said in carried.left if said.startswith("Length")).endswith(end)


@pytest.mark.parametrize(("size", "made"), [((1280, 720), (1280, 720)), ((720, 720), (832, 480))])
def test_size_when_the_other_has_presets_only_then_the_most_alike_is_taken(size, made):
    carried = carry(FILMED | dict(zip(("width", "height"), size, strict=True)), HUNYUAN, HUMO)
    assert (carried.values["width"], carried.values["height"]) == made
    assert any(said.startswith("Size") for said in carried.left) is (size != made)


def test_number_when_it_is_beyond_the_others_bounds_then_the_end_is_taken_and_said():
    carried = carry(DIRECTED | {"steps": 100}, HUMO, HUNYUAN)
    assert carried.values["infer_steps"] == 70
    assert "Steps 100 became 70, the most that Hunyuan Video takes." in carried.left


def test_guidance_when_it_has_the_same_name_then_it_stays_behind_all_the_same():
    carried = carry(DIRECTED | {"scale_t": 8.0}, HUMO, HUNYUAN)
    assert "embedded_guidance_scale" not in carried.values
    assert "Follow the text (8) stays behind: Hunyuan Video measures it on another scale." in carried.left


def test_portrait_when_carried_to_humo_then_it_is_used():
    carried = carry(SPOKEN, RUNWARE, HUMO)
    assert (carried.values["image"], carried.values["mode"]) == (FACE, "TIA")
    assert "Takes (3) stays behind: HuMo has no such control." in carried.left


def test_settings_when_never_touched_then_nothing_is_said_of_them():
    said = " ".join(carry(SPOKEN, RUNWARE, AIMLAPI).left)
    assert said == f"Takes (3) stays behind: {AIMLAPI.name} has no such control."


@pytest.mark.parametrize(("source", "target"), PAIRS, ids=lambda spec: spec.page)
def test_example_when_carried_anywhere_then_each_value_is_one_that_the_other_takes(source, target):
    given = dict.fromkeys(source.files(), FACE) | dict(source.example)
    carried = carry(given, source, target)
    assert fitting(target, carried.values) | carried.values == fitting(target, carried.values)
    assert all(said.endswith(".") and "{" not in said for said in carried.left)


def test_models_when_nothing_means_the_same_then_they_are_not_alike():
    assert not any(alike(BHUMAN, other) or alike(other, BHUMAN) for other in MODELS.values())
    assert not alike(HUMO, HUMO)
    assert {source.id for source, _ in PAIRS} == {spec.id for spec in MODELS.values()} - {BHUMAN.id}


def test_fitting_when_values_are_strange_then_defaults_stand_in():
    strange = {"prompt": ["x"], "frames": 10**9, "scale_a": "7.5", "mode": "XX", "nobody": 1, "steps": None}
    found = fitting(HUMO, strange)
    assert found.keys() == HUMO.request.model_fields.keys()
    assert (found["prompt"], found["frames"], found["scale_a"], found["mode"], found["steps"]) == (
        None,
        30,
        7.5,
        "TA",
        30,
    )


@pytest.mark.parametrize("spec", MODELS.values(), ids=lambda spec: spec.id)
def test_meanings_when_listed_then_each_stands_once_and_every_file_has_one(spec):
    meant = [means.role for name in spec.parameters() if (means := spec.control(name).means)]
    assert len(meant) == len(set(meant))
    assert {spec.control(name).means.role for name in spec.files()} <= {"portrait", "voice"}
