from __future__ import annotations

import io

import numpy as np
import pytest

from components.catalog import model
from components.sandbox.files import Files
from components.sandbox.inputs import Inputs
from components.sandbox.render.clip import render
from components.sandbox.segmind.model import read_order
from tests.sandbox.conftest import Clip

SLUG = "hunyuan-video"
SMALL = {"prompt": "A cat walks on the grass", "width": 300, "height": 180, "video_length": 9}


@pytest.fixture
def submit(sandbox):
    """Posts a small good request with changes; None leaves a parameter out."""

    def submit(api="v2", **changes):
        body = {name: value for name, value in (SMALL | changes).items() if value is not None}
        return sandbox.submit(body, api=api, slug=SLUG)

    return submit


def scene(folder, **changes):
    """What a request becomes, without a server."""
    order, _ = read_order(model("segmind/hunyuan-video"), SMALL | changes, Inputs(Files(folder)), {})
    return order.scenes[0]


@pytest.fixture
def film(tmp_path):
    """Renders a request without a server; gives the file."""
    files = Files(tmp_path)

    def make(name="clip", **changes):
        render(scene(tmp_path, **changes), files, files.output(name))
        return files.output(name)

    return make


def test_v1_when_asked_for_a_clip_then_answers_its_bytes_and_its_seed(submit):
    answer = submit("v1", seed=7)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["x-seed-value"] == "7"
    clip = Clip(io.BytesIO(answer.content))
    assert (clip.size, len(clip.frames), clip.rate, clip.has_sound) == ((304, 192), 9, 24, False)
    assert clip.comment == "Made by the Screentest sandbox, not by an AI model"


def test_v1_when_nothing_but_a_prompt_is_given_then_the_defaults_count(sandbox):
    answer = sandbox.submit({"prompt": "A quiet sea"}, api="v1", slug=SLUG)
    clip = Clip(io.BytesIO(answer.content))
    assert (clip.size, len(clip.frames)) == ((864, 480), 77)
    assert answer.headers["x-seed-value"] == "96501778"


def test_v2_when_done_then_the_clip_lies_at_the_media_host(sandbox, submit):
    result = sandbox.result(submit().json()["request_id"]).json()
    assert result["status"] == "COMPLETED"
    assert len(Clip(io.BytesIO(sandbox.get(result["output"]).content)).frames) == 9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"width": 0}, "between 1 and 1280"),
        ({"height": 1281}, "between 1 and 1280"),
        ({"video_length": 130}, "between 1 and 129"),
        ({"infer_steps": 71}, "between 1 and 70"),
        ({"flow_shift": 15.5}, "between 1 and 15"),
        ({"embedded_guidance_scale": 0}, "between 1 and 10"),
        ({"embedded_guidance_scale": 6.5}, "embedded_guidance_scale"),
        ({"infer_steps": "40"}, "infer_steps"),
        ({"seed": True}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"negative_prompt": 7}, "negative_prompt"),
        ({"frames": 30}, "no parameter called 'frames'"),
        ({"audio": "https://images.segmind.com/assets/a.wav"}, "no parameter called 'audio'"),
    ],
)
def test_parameter_when_bad_then_400_says_which(submit, change, words):
    answer = submit(**change)
    assert (answer.status_code, set(answer.json())) == (400, {"error"})
    assert words in answer.json()["error"]


@pytest.mark.parametrize("prompt", [None, "", "  ", 7])
def test_prompt_when_no_text_then_v2_fails_with_422_and_v1_answers_400(sandbox, submit, prompt):
    result = sandbox.result(submit(prompt=prompt).json()["request_id"])
    assert (result.status_code, result.json()["status"]) == (422, "FAILED")
    assert result.json()["error"] == "Prompt is Mandatory and must be string"
    assert submit("v1", prompt=prompt).status_code == 400


@pytest.mark.parametrize(("asked", "made"), [(1, 16), (16, 16), (17, 32), (480, 480), (854, 864), (1280, 1280)])
def test_side_when_no_multiple_of_16_then_is_rounded_up(tmp_path, asked, made):
    rounded = scene(tmp_path, width=asked, height=asked)
    assert (rounded.width, rounded.height) == (made, made)


@pytest.mark.parametrize(("asked", "made"), [(1, 1), (4, 1), (5, 5), (76, 73), (77, 77), (129, 129)])
def test_length_when_not_4k_plus_1_then_is_rounded_down(tmp_path, asked, made):
    assert scene(tmp_path, video_length=asked).frames == made


@pytest.mark.parametrize(("width", "height", "length"), [(1, 1, 1), (1280, 1, 5), (1, 1280, 5), (544, 960, 5)])
def test_clip_when_of_any_allowed_shape_then_is_drawn(film, width, height, length):
    clip = Clip(str(film(width=width, height=height, video_length=length)))
    assert len(clip.frames) == length


def test_seed_when_the_same_then_the_clip_is_the_same_byte_for_byte(film):
    assert film("a", seed=5).read_bytes() == film("b", seed=5).read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 2},
        {"seed": -1},
        {"seed": 10**30},
        {"prompt": "A city street at night"},
        {"flow_shift": 15},
        {"embedded_guidance_scale": 10},
        {"infer_steps": 5},
    ],
    ids=str,
)
def test_clip_when_a_setting_changes_then_looks_different(film, change):
    plain, changed = (Clip(str(film(name, **how))).frames.astype(int) for name, how in (("a", {}), ("b", change)))
    assert np.abs(plain - changed).mean() > 0.5


def test_negative_prompt_when_changed_then_nothing_changes_as_with_the_model_itself(film):
    assert film("a").read_bytes() == film("b", negative_prompt="rain").read_bytes()


def test_shift_when_higher_then_the_camera_travels_farther(film):
    still, moving = (
        Clip(str(film(name, flow_shift=shift, video_length=25, infer_steps=70))).frames.astype(int)[:, 110:]
        for name, shift in (("a", 1), ("b", 15))
    )
    assert np.abs(moving[-1] - moving[0]).mean() > 1.2 * np.abs(still[-1] - still[0]).mean()


@pytest.mark.parametrize("prompt", ["日本の山", "🎬", "word " * 400, "x" * 900, ", , ,", "a, b. c"])
def test_title_when_the_words_are_odd_then_the_clip_is_still_drawn(film, prompt):
    assert len(Clip(str(film(prompt=prompt, video_length=1))).frames) == 1


def test_title_when_the_picture_is_large_enough_then_is_seen(film):
    frame = Clip(str(film(width=854, height=480, video_length=25, infer_steps=70))).frames[-1]
    title = frame[58:278, 70:790]
    assert (title > 225).mean() > 0.01


def test_mark_when_the_clip_is_tall_then_is_as_large_as_in_a_wide_one(film):
    wide, tall = (
        Clip(str(film(name, width=size[0], height=size[1], video_length=1))).frames[0, 20:40, 24:110]
        for name, size in (("a", (960, 544)), ("b", (544, 960)))
    )
    assert np.median(wide) == pytest.approx(np.median(tall), abs=12)
    assert np.median(wide) < 90
