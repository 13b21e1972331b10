"""The samples that empty pages offer keep their promises."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from PIL import Image

from components.media.audio import read_voice
from components.media.faces import face_note
from components.media.image import read_portrait
from tests.media.making import ASSETS


def test_sample_voice_when_heard_then_speaks_at_once_and_not_for_long() -> None:
    voice = read_voice((ASSETS / "sample-voice.mp3").read_bytes())
    assert voice.media_type == "audio/mpeg"
    assert 8 <= voice.seconds <= 12
    assert voice.lead_silence < 0.2
    assert -6 < voice.peak_dbfs < 0


def test_sample_portrait_when_checked_then_has_one_good_face(portrait: bytes) -> None:
    assert face_note(portrait) == (True, "Face found")
    read = read_portrait(portrait)
    assert (read.width, read.height, read.notes) == (1024, 1280, ())


def test_icon_when_opened_then_is_square() -> None:
    with Image.open(ASSETS / "icon.png") as icon:
        assert icon.size == (128, 128)


@pytest.mark.parametrize("name", ["logo", "wordmark-dark", "wordmark-light", "portrait"])
def test_drawings_when_parsed_then_need_no_font_and_no_other_file(name: str) -> None:
    root = ElementTree.parse(ASSETS / f"{name}.svg").getroot()
    assert not [node.tag for node in root.iter() if node.tag.endswith(("}text", "}image"))]


def test_assets_when_weighed_then_stay_light() -> None:
    assert sum(path.stat().st_size for path in ASSETS.iterdir() if path.is_file()) < 1_500_000
