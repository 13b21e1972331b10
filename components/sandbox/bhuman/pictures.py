"""Draws the thumbnails of templates, products and videos: their words on a soft light. Knows no API."""

from __future__ import annotations

import colorsys
import io

import numpy as np
from PIL import Image, ImageDraw

from components.media.letters import broken, fonts, legible, shortened
from components.sandbox.render.draw import AMBER, INK, Pixels, label
from components.sandbox.render.stage import hue

SIZE = (480, 270)
LETTERS = 34


def draw_thumbnail(words: str) -> bytes:
    """A JPEG; the same words always give the same picture."""
    pixels = _light(hue(words))
    label(SIZE).lay(pixels)
    picture = Image.fromarray(pixels)
    draw = ImageDraw.Draw(picture)
    number, text = legible(words, LETTERS)
    font = fonts(LETTERS)[number]
    lines = shortened(broken(text, font, SIZE[0] - 64), 2) if text else []
    top = SIZE[1] - 30 - len(lines) * LETTERS * 1.15
    for index, line in enumerate(lines):
        draw.text((32, top + index * LETTERS * 1.15), line, font=font, fill=(255, 255, 255))
    draw.ellipse((32, top - 52, 72, top - 12), fill=AMBER)
    draw.polygon([(47, top - 42), (47, top - 22), (61, top - 32)], fill=INK)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _light(tone: float) -> Pixels:
    """A dark wall with a lamp at the upper right and a darker foot for the words."""
    width, height = SIZE
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = columns / width, rows / height
    wall = np.array(colorsys.hls_to_rgb(tone, 0.17, 0.45), np.float32) * 255
    lamp = np.array(colorsys.hls_to_rgb((tone + 0.04) % 1, 0.60, 0.60), np.float32) * 255
    glow = np.exp(-(((x - 0.78) * 1.7) ** 2 + (y - 0.28) ** 2) / 0.13)[..., None]
    lit = wall * (1.15 - 0.55 * y)[..., None] + (lamp - wall) * glow * 0.85
    return np.asarray(np.clip(lit, 0, 255), np.uint8)
