"""The facts of a video are counted, and its poster is a picture from inside it."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from components.errors import InvalidVideo
from components.media.video import VideoFacts, poster, probe, sniff
from tests.media.films import make_film
from tests.media.making import make_clip, make_picture, make_tone


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return stored(tmp_path, make_clip(3.0))


def stored(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "h264"), ("mov", "h264"), ("webm", "vp8")])
def test_probe_when_clip_is_good_then_tells_its_facts(tmp_path: Path, kind: str, codec: str) -> None:
    path = stored(tmp_path, make_clip(2.0, kind))
    assert probe(path) == VideoFacts(160, 120, 2.0, 25.0, 50, True, codec, kind)


def test_probe_when_clip_is_mute_then_says_so(tmp_path: Path) -> None:
    assert not probe(stored(tmp_path, make_clip(0.4, sound=False))).has_audio


def test_probe_when_the_sound_is_longer_then_tells_how_long_a_player_plays(tmp_path: Path) -> None:
    facts = probe(make_film(tmp_path / "long.mp4", 0.8, heard=2.0))
    assert (facts.seconds, facts.frames, facts.fps) == (pytest.approx(2.0, abs=0.03), 20, 25.0)


def test_facts_and_poster_when_pixels_are_oblong_then_are_as_a_player_shows_it(tmp_path: Path) -> None:
    path = make_film(tmp_path / "wide.mp4", 0.4, size=(160, 120), shape=Fraction(4, 3))
    facts = probe(path)
    assert (facts.width, facts.height) == (213, 120)
    assert Image.open(io.BytesIO(poster(path))).size == (213, 120)
    assert Image.open(io.BytesIO(poster(path, 100))).size == (100, 56)


def test_probe_when_asked_again_and_again_then_never_hangs(clip: Path) -> None:
    assert {probe(clip) for _ in range(20)} == {probe(clip)}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a video"),
        (b"<html>404</html>", "a web page"),
        (make_picture(), "a JPEG picture"),
        (make_tone(0.5, "m4a"), "no picture"),
        (make_clip(1.0)[:4000], "cannot be read as a video"),
    ],
    ids=["empty", "html", "jpeg", "sound", "cut"],
)
def test_probe_when_file_is_no_video_then_a_sentence_says_so(tmp_path: Path, data: bytes, words: str) -> None:
    path = stored(tmp_path, data)
    for ask in (probe, poster):
        with pytest.raises(InvalidVideo) as refused:
            ask(path)
        assert words in refused.value.message


def test_poster_when_made_then_shows_a_third_of_the_clip(clip: Path) -> None:
    with Image.open(io.BytesIO(poster(clip, width=80))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (80, 60))
        # The clip fades from 0 to 255.
        assert picture.convert("L").getpixel((40, 30)) == pytest.approx(85, abs=8)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (make_clip(0.2, "mp4", sound=False)[:32], "video/mp4"),
        (make_clip(0.2, "mov", sound=False)[:32], "video/quicktime"),
        (make_clip(0.2, "webm", sound=False)[:64], "video/webm"),
        (make_clip(0.2, "matroska", sound=False)[:64], None),
        (make_picture(kind="HEIF")[:32], None),
        (make_picture(kind="AVIF")[:32], None),
        (make_tone(0.2, "m4a")[:32], None),
        (make_tone(0.2, "mp3")[:32], None),
        (b"<!doctype html>", None),
        (b"", None),
    ],
)
def test_sniff_when_given_a_head_then_tells_only_playable_videos(head: bytes, expected: str | None) -> None:
    assert sniff(head) == expected
