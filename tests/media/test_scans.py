"""A JPEG's passes are counted before it is decoded."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from components.errors import InvalidImage
from components.media.image import read_portrait
from components.media.scans import scans
from tests.media.bombs import scans_jpeg
from tests.media.making import ASSETS


def jpeg(**how: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((256, 256), 60).convert("RGB").save(out, "JPEG", **how)
    return out.getvalue()


def test_scans_when_written_by_a_program_then_are_counted_to_the_pass() -> None:
    assert [scans(jpeg()), scans(jpeg(progressive=True)), scans(jpeg(restart_marker_rows=1))] == [1, 10, 1]
    assert scans((ASSETS / "sample-portrait.jpg").read_bytes()) == 1


def test_scans_when_only_looking_like_one_in_other_data_then_are_not_counted() -> None:
    plain = jpeg(comment=b"\xff\xda" * 500)
    assert scans(plain + b"\xff\xda" * 500) == 1  # phones put a film behind the picture's end
    assert scans(b"\x89PNG" + b"\xff\xda" * 500) == 0


def test_portrait_when_its_scans_are_repeated_then_is_refused_undecoded() -> None:
    with pytest.raises(InvalidImage, match="3010 passes"):
        read_portrait(scans_jpeg())
