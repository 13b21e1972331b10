"""Files that people give: known by content, kept once, named tidily, refused in a sentence."""

from __future__ import annotations

import io
import itertools
import wave

import pytest

from components.errors import InvalidAudio, InvalidFile, InvalidImage


@pytest.fixture
def voice(voice_wav):
    return voice_wav.read_bytes()


@pytest.fixture
def portrait(portrait_jpg):
    return portrait_jpg.read_bytes()


@pytest.fixture(scope="module")
def new_voice(voice_wav):
    """The voice, a little longer at every call, so that it has no twin."""
    counter = itertools.count(1)

    def make():
        out = io.BytesIO()
        with wave.open(str(voice_wav)) as source, wave.open(out, "wb") as target:
            target.setparams(source.getparams())
            target.writeframes(source.readframes(source.getnframes()) + b"\x01\x00" * next(counter))
        return out.getvalue()

    return make


def kept(shared):
    return sorted((shared.settings.data_dir / "media").glob("assets/*"))


def test_file_when_its_name_lies_then_the_content_decides(shared, voice, portrait):
    assert shared.add_asset(voice, name="me.png").kind == "audio"
    assert shared.add_asset(portrait, name="me.mp3").kind == "image"


def test_file_when_added_then_what_is_known_of_it_is_there(shared, voice_wav, portrait_jpg):
    voice, portrait = shared.add_asset(voice_wav), shared.add_asset(portrait_jpg, kind="image")
    assert voice.facts["seconds"] == pytest.approx(1.0, abs=0.05)
    assert (portrait.facts["width"], portrait.facts["height"]) == (480, 600)
    assert {"notes", "face", "face_found"} <= portrait.facts.keys()
    assert shared.assets.find(voice.id) == voice


def test_file_when_given_twice_then_it_is_kept_once(shared, voice_wav, voice):
    first = shared.add_asset(voice_wav)
    before = kept(shared)
    assert shared.add_asset(voice, name=first.name).id == first.id
    again = shared.add_asset(voice, name="again.wav")
    assert (again.name, again.key) == ("again.wav", first.key)
    assert kept(shared) == before


@pytest.mark.parametrize("kind", ["image", "audio", None])
@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 64, b"<svg/>", b"hello"], ids=["empty", "zeros", "svg", "text"]
)
def test_file_when_unusable_then_a_sentence_refuses_it_and_nothing_is_kept(shared, kind, content):
    before = kept(shared)
    with pytest.raises(InvalidFile) as refused:
        shared.add_asset(content, name="x", kind=kind)
    assert refused.value.message.endswith(".")
    assert refused.value.hint.endswith(".")
    assert kept(shared) == before


def test_file_when_of_the_other_kind_than_asked_then_it_is_refused(shared, voice, portrait):
    with pytest.raises(InvalidImage):
        shared.add_asset(voice, kind="image")
    with pytest.raises(InvalidAudio):
        shared.add_asset(portrait, kind="audio")


@pytest.mark.parametrize("kind", ["image", "audio", None])
def test_file_when_larger_than_200_mb_then_it_is_refused_unread(shared, tmp_path, kind):
    huge = tmp_path / "huge.wav"
    with huge.open("wb") as file:
        file.truncate(200 * 1024**2 + 1)
    with pytest.raises(InvalidFile, match="larger than 200 MB"):
        shared.add_asset(huge, kind=kind)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../x.wav", "x.wav"),
        ("C:\\Users\\me\\x.wav", "x.wav"),
        ("a\x00b\nc\u202e.wav", "abc.wav"),
        ("", "audio.wav"),
        ("..", "audio.wav"),
        ("/", "audio.wav"),
        (" \n ", "audio.wav"),
        ("ä" * 200, "ä" * 120),
    ],
)
def test_name_when_given_oddly_then_it_is_tidied(shared, new_voice, given, expected):
    asset = shared.add_asset(new_voice(), name=given)
    assert asset.name == expected
    assert asset.key == f"assets/{asset.id}.wav"
