"""Finds faces in a picture and says so in careful words. It refuses nothing: finders miss."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numpy as np

from components.errors import InvalidImage
from components.media.image import open_upright

SEARCH_SIDE = 720
SMALL_SHARE = 0.12

# A cascade keeps state while it searches.
_searching = threading.Lock()


@dataclass(frozen=True)
class FaceBox:
    """Where a face is, in pixels of the picture."""

    x: int
    y: int
    width: int
    height: int


@cache
def _finder() -> Callable[..., Any] | None:
    """The finder, or None without OpenCV (or with 5.x, which no longer has it)."""
    try:
        cv2 = importlib.import_module("cv2")
    except ImportError:
        return None
    if not hasattr(cv2, "CascadeClassifier"):
        return None
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_alt2.xml")
    return None if cascade.empty() else cast(Callable[..., Any], cascade.detectMultiScale)


def _search(data: bytes) -> tuple[tuple[FaceBox, ...], int]:
    """The faces, biggest first, and the short side of the picture."""
    finder = _finder()
    if finder is None:
        return (), 0
    try:
        picture = open_upright(data)
    except InvalidImage:
        return (), 0
    scale = max(1.0, max(picture.size) / SEARCH_SIDE)
    small = picture.convert("L").resize((round(picture.width / scale), round(picture.height / scale)))
    least = max(24, min(small.size) // 20)
    with _searching:
        found = finder(np.asarray(small), 1.1, 5, minSize=(least, least))
    boxes = (FaceBox(*(round(int(value) * scale) for value in box)) for box in found)
    ranked = sorted(boxes, key=lambda box: box.width * box.height, reverse=True)
    return tuple(ranked), min(picture.size)


def find_faces(data: bytes) -> tuple[FaceBox, ...]:
    """The faces in a picture of at most 2048 pixels a side, biggest first; empty when OpenCV is missing."""
    return _search(data)[0]


def face_note(data: bytes) -> tuple[bool, str]:
    """Whether there is exactly one face of good size, and words about it for a person."""
    if _finder() is None:
        return False, "Faces are not checked on this installation; a frontal, well lit one works best"
    faces, short_side = _search(data)
    if not faces:
        return False, "We could not find a face; a frontal, well lit one works best"
    if faces[0].width < SMALL_SHARE * short_side:
        return False, "The face is small; crop closer for a livelier mouth"
    if len(faces) > 1:
        count = "Two" if len(faces) == 2 else "Several"
        return False, f"{count} faces found; the {'bigger' if len(faces) == 2 else 'biggest'} one will speak"
    return True, "Face found"
