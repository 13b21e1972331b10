"""Looks at what a page has painted: the colours of a place on it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image
from playwright.sync_api import Locator

from tests.e2e.watching import let_draw

DARK = 30
"""No colour of a clip is as dark in all its parts."""


def picture(stage: Locator) -> Image.Image:
    let_draw(stage.page, 6)
    return Image.open(io.BytesIO(stage.screenshot())).convert("RGB")


def colour(image: Image.Image, across: float) -> tuple[int, int, int]:
    """Beside the drawn person, at a third of the height, where a clip shows nothing but its own ground."""
    return image.getpixel((int(across * image.width), image.height // 3))


def near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 12


def looks(stage: Locator, across: float) -> Iterator[tuple[int, int, int]]:
    """One after the other: a video may be painted a while after its clock stands there."""
    return (colour(picture(stage), across) for _ in range(20))


def painted(stage: Locator, across: float) -> tuple[int, int, int]:
    """The colour there, once it is not that of a place where nothing is painted yet."""
    return next((look for look in looks(stage, across) if max(look) > DARK), (0, 0, 0))


def shows(stage: Locator, across: float, wanted: tuple[int, int, int]) -> bool:
    return any(near(look, wanted) for look in looks(stage, across))
