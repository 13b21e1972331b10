"""The limits of a spec hold when a file is added for its model, and again when it is sent."""

from __future__ import annotations

import io
import wave
from typing import Any

import pytest

from components.catalog import MODELS
from components.catalog.spec import VoiceLimits
from components.errors import AudioTooLong, InvalidFile, InvalidRequest
from components.settings import ROOT
from tests.catalog.made_up import made_up

SAMPLE = ROOT / "assets" / "sample-voice.mp3"


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

    def add_model(most: float = 60.0, **limits: Any) -> str:
        spec = made_up(voice=VoiceLimits(most, **limits))
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


@pytest.fixture
def mp3(shared):
    """A kept voice that is sent as MP3."""
    kept = shared.add_asset(SAMPLE, name="Hello.mp3")
    assert kept.media_type == "audio/mpeg"
    return kept


def test_voice_when_its_model_reads_wav_only_then_it_is_sent_as_one(shared, add_model, mp3, portrait_jpg):
    model = add_model(formats=("audio/wav",))
    job = shared.submit(model, {"face": shared.add_asset(portrait_jpg).id, "speech": mp3.id})
    sent = shared.assets.find(job.parameters["speech"])
    assert (sent.media_type, sent.name, sent.facts["seconds"]) == ("audio/wav", "Hello.mp3", mp3.facts["seconds"])
    kept = shared.settings.data_dir / "media" / sent.key
    with wave.open(str(kept)) as heard:
        assert heard.getnframes() / heard.getframerate() == pytest.approx(mp3.facts["seconds"], abs=0.05)
    assert shared.assets.find(mp3.id) == mp3


def test_voice_when_added_for_a_model_that_reads_wav_only_then_it_is_kept_as_one(shared, add_model):
    assert shared.add_asset(SAMPLE, model_id=add_model(formats=("audio/wav",))).media_type == "audio/wav"


def test_voice_when_its_model_reads_it_as_it_is_then_it_stays(shared, add_model, mp3):
    for formats in ((), ("audio/mpeg", "audio/wav")):
        assert shared.assets.fit(mp3.id, add_model(formats=formats)) == mp3


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (
            {"formats": ("audio/wav",), "most_bytes": 1000},
            r"Hello.mp3 is not for Made Up: a voice must be at most",
        ),
        ({"formats": ("audio/flac",)}, "a voice must be FLAC; this one is MP3"),
        ({"most": 2.0}, "a voice must be shorter than 2 seconds; this one is"),
    ],
)
def test_voice_when_even_a_wav_does_not_fit_then_the_sentence_names_file_and_model(
    shared, add_model, mp3, portrait_jpg, limits, said
):
    model = add_model(**limits)
    with pytest.raises(InvalidFile, match=said):
        shared.assets.fit(mp3.id, model)
    with pytest.raises(InvalidRequest) as refused:
        shared.submit(model, {"face": shared.add_asset(portrait_jpg).id, "speech": mp3.id})
    assert list(refused.value.problems) == ["speech"]
