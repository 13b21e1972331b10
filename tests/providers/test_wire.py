"""Values go where a spec says, and a model that is new to a provider needs no code there."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field

from components import providers
from components.catalog import MODELS
from components.catalog.spec import (
    Control,
    Means,
    ModelRequest,
    ModelSpec,
    PictureLimits,
    Price,
    VoiceLimits,
)
from components.errors import NotFound
from components.providers.runware.client import build
from components.providers.wire import placed

NUMBER = "9d0b8c2e-6c1f-4c1e-8f57-2f0f6a1b7c3d"


def control(kind, wire="", role=None):
    return Control("A", "Help.", kind, "source", wire=wire, means=role and Means(role))


class NewRequest(ModelRequest):
    positivePrompt: Annotated[str | None, control("text", role="direction")] = None
    image: Annotated[str, Field(min_length=1), control("image", "inputs.frameImages[]", "portrait")]
    audio: Annotated[str | None, control("audio", "inputs.audio", "voice")] = None
    script: Annotated[str | None, control("text", "speech.text", "script")] = None
    fastMode: Annotated[bool, control("switch", "providerSettings.bytedance.fastMode")] = False
    resolution: Annotated[Literal["720p", "1080p"], control("choice", role="resolution")] = "720p"


SPEC = ModelSpec(
    id="runware/new",
    slug="maker:1@1",
    name="New",
    maker="Maker",
    provider="runware",
    provider_name="Runware",
    page="new",
    wish="Make a portrait speak",
    title="New",
    pitch="New.",
    request=NewRequest,
    fps=None,
    price=Price(None, "source"),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    needs="a portrait",
    example={},
    links={},
    voice=VoiceLimits(30.0),
    picture=PictureLimits(),
)


def test_task_when_a_model_is_new_to_runware_then_it_holds_what_the_spec_knows_and_the_common_keys():
    assert build(SPEC, {"script": "Hello"}, {"image": "https://example.com/a.jpg"}, NUMBER) == {
        "taskType": "videoInference",
        "taskUUID": NUMBER,
        "model": "maker:1@1",
        "deliveryMethod": "async",
        "outputType": "URL",
        "includeCost": True,
        "inputs": {"frameImages": ["https://example.com/a.jpg"]},
        "speech": {"text": "Hello"},
        "providerSettings": {"bytedance": {"fastMode": False}},
        "resolution": "720p",
    }


@pytest.mark.parametrize("given", ["a", ["a"]])
def test_list_when_a_bare_value_or_the_list_is_given_then_the_request_holds_a_list(given):
    assert placed(SPEC, {"image": given}) == {"inputs": {"frameImages": ["a"]}}


def test_place_when_another_is_named_then_it_wins_over_the_specs():
    assert placed(SPEC, {"image": "a", "audio": "b"}, {"image": "picture"}) == {
        "picture": "a",
        "inputs": {"audio": "b"},
    }


def test_value_when_the_model_does_not_know_its_name_then_the_provider_gets_it_as_it_is():
    assert placed(SPEC, {"sead": 1, "audio": None}) == {"sead": 1}


def test_providers_when_compared_with_the_catalog_then_each_has_a_folder_and_a_model():
    assert {spec.provider for spec in MODELS.values()} == providers.PROVIDERS.keys()


def test_provider_when_there_is_no_such_folder_then_a_sentence_says_so():
    with pytest.raises(NotFound, match="no provider called 'segmint'"):
        providers.provider("segmint")
