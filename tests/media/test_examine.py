"""What is measured of a video is what was put into it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from components.errors import InvalidVideo
from components.media import examine as module
from components.media.examine import examine
from tests.media.films import make_film
from tests.media.making import encode, make_clip, tone

RATE = 48_000


def made(path: Path, greys: list[int], voice: np.ndarray | None = None) -> Path:
    """One picture a grey, at 10 a second, so that each is known."""
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=10, width=64, height=64, pix_fmt="yuv420p")
        audio = out.add_stream("aac", rate=RATE, layout="mono") if voice is not None else None
        out.start_encoding()
        for number, grey in enumerate(greys):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), grey, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if audio is not None:
            encode(audio, out, voice)
    return path


def test_examine_when_pictures_are_black_or_still_then_they_are_counted(tmp_path: Path) -> None:
    found = examine(made(tmp_path / "a.mp4", [0, 4, 100, 140, 140, 140, 200, 0]))
    assert (found["black_frames"], found["frozen_frames"], found["frames_looked_at"]) == (3, 2, 8)


def test_examine_when_sound_is_known_then_its_loudness_is_right(tmp_path: Path) -> None:
    # A 997 Hz sine of -18 dBFS in one channel of mono is -21 LUFS by the standard; ours is 440 Hz, 0.6 dB less.
    # It ends softly: an encoder makes a click, louder than the tone, of an end that is cut.
    voice = tone(3.0, RATE, level=10 ** (-18 / 20)) * np.minimum(1, np.arange(3 * RATE)[::-1] / 2400).astype("f4")
    found = examine(made(tmp_path / "a.mp4", [100] * 30, voice))
    assert found["lufs"] == pytest.approx(-21.6, abs=0.3)
    assert found["true_peak_db"] == pytest.approx(-18, abs=0.5)
    assert found["audio_seconds"] == pytest.approx(3.0, abs=0.05)


@pytest.mark.parametrize("voice", [None, np.zeros(RATE, np.float32)], ids=["mute", "silent"])
def test_examine_when_nothing_is_heard_then_there_is_no_loudness(tmp_path: Path, voice: np.ndarray | None) -> None:
    found = examine(made(tmp_path / "a.mp4", [100] * 10, voice))
    assert (found["lufs"], found["true_peak_db"]) == (None, None)
    assert (found["audio_seconds"] is None) is (voice is None)


@pytest.mark.parametrize("kind", ["mp4", "webm", "mov"])
def test_examine_when_measured_then_the_facts_fit_into_json(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "clip"
    path.write_bytes(make_clip(1.0, kind))
    found = examine(path)
    assert json.loads(json.dumps(found)) == found
    assert found["video_seconds"] == pytest.approx(1.0, abs=0.01)
    assert found["bitrate"] == pytest.approx(path.stat().st_size * 8, rel=0.02)


def test_examine_when_longer_than_the_cap_then_only_its_beginning_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CAP_SECONDS", 0.5)
    found = examine(make_film(tmp_path / "long.mp4", 2.0))
    assert 5 <= found["frames_looked_at"] <= 15
    assert found["video_seconds"] == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("data", [b"", b"text " * 99, make_clip(1.0)[:900]], ids=["empty", "text", "cut"])
def test_examine_when_file_is_no_video_then_a_sentence_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(InvalidVideo):
        examine(tmp_path / "bad")
