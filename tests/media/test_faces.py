"""Faces are found where they are, and the words stay careful where they are not."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from components.media import faces
from components.media.faces import face_note, find_faces
from tests.media.making import make_picture


def beside(portrait: bytes, *shares: float, height: int = 1280) -> bytes:
    """The portrait several times in one picture, each at a share of its height."""
    with Image.open(io.BytesIO(portrait)) as one:
        ground = Image.new("RGB", (1024 * len(shares), height), (200, 180, 160))
        for place, share in enumerate(shares):
            small = one.resize((round(one.width * share), round(one.height * share)))
            ground.paste(small, (1024 * place, 0))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=90)
    return out.getvalue()


def test_faces_when_one_then_box_lies_on_it(portrait: bytes) -> None:
    (box,) = find_faces(portrait)
    centre = (box.x + box.width / 2, box.y + box.height / 2)
    assert centre == pytest.approx((512, 600), abs=70)
    assert face_note(portrait) == (True, "Face found")


def test_faces_when_two_then_the_bigger_comes_first(portrait: bytes) -> None:
    picture = beside(portrait, 0.6, 1.0)
    first, second = find_faces(picture)
    assert first.width > second.width
    assert face_note(picture) == (False, "Two faces found; the bigger one will speak")


def test_faces_when_small_then_advise_to_crop(portrait: bytes) -> None:
    good, words = face_note(beside(portrait, 0.2))
    assert not good
    assert words.startswith("The face is small")


@pytest.mark.parametrize("data", [make_picture(), b"", b"no picture"], ids=["plain", "empty", "text"])
def test_faces_when_none_then_words_stay_careful(data: bytes) -> None:
    assert find_faces(data) == ()
    good, words = face_note(data)
    assert not good
    assert words.startswith("We could not find a face")


def test_faces_when_opencv_is_missing_then_nothing_breaks(
    portrait: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "_finder", lambda: None)
    assert find_faces(portrait) == ()
    assert face_note(portrait)[0] is False
