"""The limits of a spec hold when a file is added for its model, and again when it is sent."""

from __future__ import annotations

import io
import wave

import pytest

from components.catalog import MODELS
from components.catalog.check import validate
from components.catalog.spec import VoiceLimits
from components.errors import AudioTooLong, InvalidRequest
from tests.catalog.made_up import made_up


def voice(seconds: float) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x00\x40\x00\xc0" * round(seconds * 4000))
    return out.getvalue()


@pytest.fixture
def add_model(monkeypatch):
    """Puts a made-up model of this limit into the catalog."""

    def add_model(most: float) -> str:
        spec = made_up(voice=VoiceLimits(most))
        monkeypatch.setitem(MODELS, spec.id, spec)
        return spec.id

    return add_model


def test_voice_when_longer_than_its_model_takes_then_it_is_refused_as_it_is_added(shared, add_model):
    model = add_model(2.0)
    with pytest.raises(AudioTooLong, match="shorter than 2 seconds"):
        shared.add_asset(voice(10), model_id=model)


def test_voice_when_added_for_another_model_then_it_is_refused_as_it_is_sent(shared, add_model, portrait_jpg):
    model, face = add_model(2.0), shared.add_asset(portrait_jpg)
    given = {"face": face.id, "speech": shared.add_asset(voice(10)).id}
    with pytest.raises(InvalidRequest, match=r"Speech \(speech\) must be shorter than 2 seconds") as refused:
        shared.submit(model, given)
    assert list(refused.value.problems) == ["speech"]


def test_voice_when_a_model_takes_more_then_it_is_taken_and_the_others_keep_their_limit(shared, add_model):
    model = add_model(60.0)
    kept = shared.add_asset(voice(45), model_id=model)
    assert kept.facts["seconds"] == pytest.approx(45, abs=0.1)
    with pytest.raises(AudioTooLong, match="shorter than 30 seconds"):
        shared.add_asset(voice(45), model_id="segmind/humo")
    with pytest.raises(InvalidRequest, match="shorter than 30 seconds"):
        shared.submit("segmind/humo", {"prompt": "x", "audio": kept.id})


def test_list_when_the_document_shows_one_then_it_is_taken_as_its_one_value(shared, portrait_jpg, voice_wav):
    face, said = shared.add_asset(portrait_jpg).id, shared.add_asset(voice_wav).id
    with pytest.raises(InvalidRequest, match="takes exactly one; you gave 2"):
        shared.submit("runware/omnihuman-1", {"referenceImages": [face, face], "audio": said})
    request = validate(MODELS["runware/omnihuman-1"], {"referenceImages": [face], "audio": said})
    assert request.referenceImages == face
