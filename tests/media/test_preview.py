"""A preview is small, silent and shows the beginning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from components.errors import InvalidVideo
from components.media.audio import InvalidAudio, decode
from components.media.preview import preview
from components.media.video import probe
from tests.media.films import grey_at, make_film
from tests.media.making import make_clip


@pytest.mark.parametrize(
    ("seconds", "size", "expected"),
    [
        (5.0, (640, 360), (320, 180, 3.0)),
        (1.0, (192, 108), (192, 108, 1.0)),
        (1.0, (360, 640), (320, 568, 1.0)),
        (0.04, (96, 1000), (54, 568, 1 / 12)),
    ],
    ids=["wide", "small", "upright", "sliver"],
)
def test_preview_when_made_then_it_is_small_and_silent(
    tmp_path: Path, seconds: float, size: tuple[int, int], expected: tuple[int, int, float]
) -> None:
    target = tmp_path / "preview"
    preview(make_film(tmp_path / "film.mp4", seconds, size=size), target)
    facts = probe(target)
    assert (facts.width, facts.height) == expected[:2]
    assert facts.seconds == pytest.approx(expected[2], abs=0.001)
    assert (facts.fps, facts.has_audio, facts.codec, facts.container) == (12.0, False, "h264", "mp4")
    with pytest.raises(InvalidAudio):
        decode(target.read_bytes())


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm"])
def test_preview_when_made_of_any_kind_then_it_shows_the_same_moments(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "clip"
    source.write_bytes(make_clip(2.0, kind))  # fades from black to white
    preview(source, tmp_path / "preview")
    for moment in (0.5, 1.5):
        ours, theirs = (float(np.mean(grey_at(path, moment))) for path in (tmp_path / "preview", source))
        assert ours == pytest.approx(theirs, abs=4)


def test_preview_when_filmed_on_its_side_then_it_stands_upright(tmp_path: Path) -> None:
    preview(make_film(tmp_path / "turned.mp4", turned=90), tmp_path / "preview")
    facts = probe(tmp_path / "preview")
    assert (facts.width, facts.height) == (108, 192)


def test_preview_when_made_then_it_plays_while_it_is_fetched(tmp_path: Path) -> None:
    preview(make_film(tmp_path / "film.mp4"), tmp_path / "preview")
    data = (tmp_path / "preview").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert len(data) < 10_000


@pytest.mark.parametrize("data", [b"", b"text " * 99, make_clip(1.0)[:900]], ids=["empty", "text", "cut"])
def test_preview_when_file_is_no_video_then_nothing_is_left(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(InvalidVideo):
        preview(tmp_path / "bad", tmp_path / "preview")
    assert [path.name for path in tmp_path.iterdir()] == ["bad"]
