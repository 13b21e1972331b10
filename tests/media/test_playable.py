"""A copy that every browser plays is the whole video in H.264 and AAC."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.errors import InvalidVideo
from components.media import gate
from components.media.audio import decode
from components.media.video import probe
from tests.media.films import columns, grey_at, make_film

H265 = ("libx265", "yuv420p10le")


def test_copy_when_the_codec_is_rare_then_it_is_h264_and_whole(tmp_path: Path) -> None:
    source = make_film(tmp_path / "film.mp4", 0.8, coded=H265, heard=1.6)
    gate.playable(source, tmp_path / "copy")
    facts = probe(tmp_path / "copy")
    assert probe(source).codec == "hevc"
    assert (facts.codec, facts.width, facts.height, facts.fps, facts.has_audio) == ("h264", 192, 108, 25.0, True)
    assert facts.seconds == pytest.approx(1.6, abs=0.05)
    assert len(decode((tmp_path / "copy").read_bytes())) == pytest.approx(1600, abs=50)
    shown = grey_at(tmp_path / "copy", 0.4)[54] > 128
    assert (shown == (columns(10, (192, 108))[54] > 128)).mean() > 0.9


def test_copy_when_the_video_is_large_then_it_is_made_smaller(tmp_path: Path) -> None:
    gate.playable(make_film(tmp_path / "film.mp4", 0.2, size=(1920, 1080)), tmp_path / "copy")
    facts = probe(tmp_path / "copy")
    assert (facts.width, facts.height) == (1440, 810)


def test_copy_when_the_file_is_no_video_then_a_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    with pytest.raises(InvalidVideo):
        gate.playable(tmp_path / "text", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
