"""The sandbox serves what the catalog holds: a model that nobody wrote code for, at each provider."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Annotated, Literal

import pytest
import requests
from PIL import Image
from pydantic import Field, model_validator

from components.catalog import MODELS
from components.catalog.spec import (
    Control,
    Means,
    ModelRequest,
    ModelSpec,
    PictureLimits,
    Price,
    VoiceLimits,
    problem,
)
from tests.sandbox.conftest import Clip, data_uri, make_voice
from tests.sandbox.in_process import sandbox_in_process
from tests.sandbox.runware import client
from tests.sandbox_server import until

HERE = "made up for this test"


def control(role=None, kind="line", wire="", **means):
    return Control(role or "Plain", HERE, kind, HERE, wire=wire, means=Means(role, **means) if role else None)


class Speaks(ModelRequest):
    """A portrait with a voice or with words that the model speaks itself, and an optional direction."""

    face: Annotated[str, Field(min_length=1), control("portrait", "image", "inputs.frameImages[]")]
    sound: Annotated[str | None, control("voice", "audio", "inputs.audio")] = None
    words: Annotated[str | None, control("script", "text", "speech.text")] = None
    motion: Annotated[str | None, Field(max_length=20), control("direction", "text", "positivePrompt")] = None
    lines: Annotated[Literal["240p", "360p"], control("resolution", "choice", "resolution")] = "240p"
    seed: Annotated[int | None, control("seed", "number")] = None

    @model_validator(mode="after")
    def _voice_or_words(self):
        if bool(self.sound) == bool(self.words):
            raise problem("sound", "Give a voice or words, one of them.")
        return self


class Flat(Speaks):
    """The same, all at the top of the body."""

    face: Annotated[str, Field(min_length=1), control("portrait", "image", "image_url")]
    sound: Annotated[str | None, control("voice", "audio", "audio_url")] = None
    words: Annotated[str | None, control("script", "text", "voice_script")] = None
    motion: Annotated[str | None, Field(max_length=20), control("direction", "text", "video_prompt")] = None


SPEC = ModelSpec(
    id="runware/made-up",
    slug="nobody:7@9",
    name="Made Up",
    maker="Nobody",
    provider="runware",
    provider_name="Runware",
    page="made-up",
    wish="Make a portrait speak",
    title="Made up",
    pitch=HERE,
    request=Speaks,
    fps=None,
    price=Price(None, HERE, usd_per_second=0.5, depends_on="lines", usd_per_second_by={"240p": 0.25}),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    needs="a face",
    example={},
    links={},
    voice=VoiceLimits(2.0, inclusive=True, least_seconds=0.3, formats=("audio/wav",)),
    picture=PictureLimits(sides=(100, 800), ratio=(0.5, 2.0), most_bytes=300_000),
)
SPECS = {
    "runware": SPEC,
    "segmind": replace(SPEC, id="segmind/made-up", slug="made-up", provider="segmind", request=Flat),
    "aimlapi": replace(SPEC, id="aimlapi/made-up", slug="nobody/made-up", provider="aimlapi", request=Flat),
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for spec in SPECS.values():
            patch.setitem(MODELS, spec.id, spec)
        with sandbox_in_process(tmp_path_factory.mktemp("made-up")) as running:
            yield running


@pytest.fixture(scope="module")
def files(made_up, portrait):
    return {"face": made_up.host(portrait, "image/png"), "sound": made_up.host(make_voice(0.4), "audio/wav")}


class Segmind:
    def __init__(self, sandbox) -> None:
        self.sandbox = sandbox

    def send(self, **values):
        body = {SPECS["segmind"].wire(name): value for name, value in values.items()}
        return self.sandbox.submit(body, slug="made-up")

    def refusal(self, answer):
        return answer.status_code, answer.json()["error"]

    def end(self, answer):
        """The video's address and its price in dollars."""
        told = self.sandbox.result(answer.json()["request_id"]).json()
        return told["output"], told["metrics"]["cost"]


KEY = {"Authorization": "Bearer key"}


class AimlApi(Segmind):
    def send(self, **values):
        body = {SPECS["aimlapi"].wire(name): value for name, value in values.items()}
        url = self.sandbox.at("api.aimlapi.com", "v2/video/generations")
        return requests.post(url, json={"model": "nobody/made-up"} | body, headers=KEY, timeout=60)

    def refusal(self, answer):
        return answer.status_code, answer.json()["message"]

    def end(self, answer):
        url = self.sandbox.at("api.aimlapi.com", "v2/video/generations")

        def done():
            asked = {"generation_id": answer.json()["id"]}
            told = requests.get(url, params=asked, headers=KEY, timeout=60).json()
            return told if told["status"] == "completed" else None

        told = until(done)
        return told["video"]["url"], told["meta"]["usage"]["credits_used"] / 2_000_000


class Runware(Segmind):
    def send(self, **values):
        self.number = client.new()
        task = {"taskType": "videoInference", "taskUUID": self.number, "model": "nobody:7@9", "includeCost": True}
        inputs = {}
        for name, value in values.items():
            if name == "face":
                inputs["frameImages"] = [value]
            elif name == "sound":
                inputs["audio"] = value
            elif name == "words":
                task["speech"] = {"text": value}
            else:
                task[SPEC.wire(name)] = value
        return client.post(self.sandbox, task | {"inputs": inputs})

    def refusal(self, answer):
        [error] = answer.json()["errors"]
        return answer.status_code, error["message"]

    def end(self, answer):
        [item] = client.result(self.sandbox, self.number)["data"]
        return item["videoURL"], item["cost"]


@pytest.fixture(params=[Segmind, AimlApi, Runware], ids=lambda kind: kind.__name__)
def provider(request, made_up):
    return request.param(made_up)


def clip(url):
    return Clip(io.BytesIO(requests.get(url, timeout=60).content))


def test_model_when_it_is_in_the_catalog_then_its_clip_has_length_size_and_price_of_the_spec(provider, files):
    url, price = provider.end(provider.send(**files, lines="240p", seed=4))
    made = clip(url)
    assert (made.size, len(made.frames), made.has_sound) == ((240, 288), 10, True)
    assert price == pytest.approx(0.4 * 0.25)


def test_words_when_there_is_no_voice_then_a_stand_in_speaks_as_long_as_the_model_takes(provider, files):
    url, price = provider.end(provider.send(face=files["face"], words="Good morning"))
    made = clip(url)
    assert (len(made.frames), made.has_sound) == (50, True)
    assert price == pytest.approx(2.0 * 0.25)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"face": None}, "is missing"),
        ({"sound": None, "words": None}, "voice or words"),
        ({"words": "both"}, "voice or words"),
        ({"motion": 7}, "motion"),
        ({"motion": "x" * 21}, "motion"),
        ({"lines": "720p"}, "lines"),
        ({"seed": "1"}, "seed"),
        ({"nobody": 1}, "no parameter called 'nobody'"),
        ({"face": "http://example.com/a.png"}, "https://"),
    ],
    ids=str,
)
def test_request_when_it_does_not_fit_the_spec_then_it_is_refused_and_unpaid(provider, files, change, words):
    before = provider.sandbox.ledger()
    given = {name: value for name, value in (files | change).items() if value is not None}
    status, said = provider.refusal(provider.send(**given))
    assert status == 400
    assert words in said
    after = provider.sandbox.ledger()
    assert (after["paid"], len(after["refused"])) == (before["paid"], len(before["refused"]) + 1)


@pytest.mark.parametrize(
    ("name", "data", "media_type", "words"),
    [
        ("sound", make_voice(0.2), "audio/wav", "0.3 to 2 seconds"),
        ("sound", make_voice(2.1), "audio/wav", "at most 2 seconds"),
        ("face", None, "image/png", "100 to 800 pixels"),
    ],
)
def test_file_when_it_breaks_the_specs_limits_then_it_is_refused(provider, files, name, data, media_type, words):
    wrong = data or large_picture()
    given = files | {name: provider.sandbox.host(wrong, media_type)}
    status, said = provider.refusal(provider.send(**given))
    assert status == 400
    assert words in said


def large_picture():
    out = io.BytesIO()
    Image.new("RGB", (900, 900), (90, 100, 140)).save(out, "PNG")
    return out.getvalue()


def test_voice_when_exactly_as_long_as_an_inclusive_limit_then_it_is_taken(provider, files):
    voice = provider.sandbox.host(make_voice(2.0), "audio/wav")
    assert provider.send(**files | {"sound": voice}).status_code in (200, 201)


def test_list_when_it_holds_two_then_runware_says_so(made_up, files):
    task = {"taskType": "videoInference", "taskUUID": client.new(), "model": "nobody:7@9"}
    inputs = {"frameImages": [files["face"]] * 2, "audio": files["sound"]}
    answer = client.post(made_up, task | {"inputs": inputs})
    assert client.code(answer) == (400, "arrayLength", "inputs.frameImages")


@pytest.mark.parametrize(
    ("more", "parameter"),
    [
        ({"outputQuality": 19}, "outputQuality"),
        ({"numberResults": 5}, "numberResults"),
        ({"safety": {"mode": "strict"}}, "safety.mode"),
        ({"webhookURL": "http://example.com/"}, "webhookURL"),
        ({"ttl": 1}, "ttl"),
        ({"width": 100}, "width"),
        ({"inputs.audio": "x"}, "inputs.audio"),
    ],
    ids=str,
)
def test_option_when_it_is_wrong_then_runware_refuses_it_for_any_model(made_up, files, more, parameter):
    task = {"taskType": "videoInference", "taskUUID": client.new(), "model": "nobody:7@9"}
    inputs = {"frameImages": [files["face"]], "audio": files["sound"]}
    assert client.code(client.post(made_up, task | {"inputs": inputs} | more))[2] == parameter


def test_option_when_every_model_takes_it_then_the_made_up_one_does(made_up, files):
    number = client.new()
    task = {"taskType": "videoInference", "taskUUID": number, "model": "nobody:7@9", "numberResults": 2}
    options = {"outputFormat": "WEBM", "deliveryMethod": "async", "outputType": "URL", "safety": {"mode": "fast"}}
    inputs = {"frameImages": [files["face"]], "audio": files["sound"]}
    client.post(made_up, task | options | {"inputs": inputs})
    found = client.result(made_up, number)["data"]
    assert [item["videoURL"].endswith(".webm") for item in found] == [True, True]


def test_wire_names_when_a_setting_renames_them_then_that_model_takes_the_new_ones(tmp_path, portrait):
    names = {"HUMO_INPUT_NAMES": {"image": "image_url"}}
    body = {"prompt": "x", "mode": "TIA", "frames": 10, "width": 832, "height": 480}
    with sandbox_in_process(tmp_path, names) as running:
        assert running.submit(body | {"image": data_uri(portrait, "image/png")}).status_code == 400
        assert running.submit(body | {"image_url": data_uri(portrait, "image/png")}).status_code == 200
