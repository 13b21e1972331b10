"""Models that nobody wrote code for, one a provider, and how each is asked for and its end read."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

import requests
from pydantic import Field, model_validator

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


class Chooses(Flat):
    """One of two models of a kind."""

    level: Annotated[Literal["nobody/plain", "nobody/fine"], control(None, "choice", "model")] = "nobody/plain"


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


CHOOSER = replace(SPECS["aimlapi"], id="aimlapi/chooser", slug="nobody/plain", request=Chooses)


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
