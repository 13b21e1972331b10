"""Sets a portrait on a stage of the clip's shape, in colours from the prompt. Knows no mouth and no voice."""

from __future__ import annotations

import colorsys
import hashlib
import re
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from components.media.faces import FaceBox
from components.sandbox.render.draw import Floats, Pixels
from components.sandbox.scene import Scene

# The stage is larger than the clip, so that a camera that moves in stays sharp.
MARGIN = 1.08
# Words that name a light; any other prompt gets a hue of its own.
HUES = {
    r"warm|golden|sunset|sunny|autumn|candle|amber": 0.08,
    r"cool|cold|night|moon|blue|winter|rain": 0.60,
    r"green|forest|garden|nature|jungle|grass|meadow": 0.40,
    r"neon|purple|violet|club|party": 0.78,
}


@dataclass(frozen=True)
class Stage:
    """The portrait in place; `face` is in the stage's pixels."""

    pixels: Pixels
    face: FaceBox | None


def hue(prompt: str) -> float:
    """A colour for a prompt, 0 to 1; the same prompt always has the same."""
    for words, value in HUES.items():
        if re.search(words, prompt, re.IGNORECASE):
            return value
    return hashlib.sha256(prompt.encode()).digest()[0] / 256


def set_stage(portrait: Image.Image, face: FaceBox | None, scene: Scene) -> Stage:
    width, height = (round(side * MARGIN / 2) * 2 for side in (scene.width, scene.height))
    left, top, visible = _framing(portrait, face, width / height)
    scale = height / visible
    canvas = _extended(portrait, (left, top, visible * width / height, visible), (width, height))
    placed = None
    if face:
        placed = FaceBox(
            round((face.x - left) * scale),
            round((face.y - top) * scale),
            round(face.width * scale),
            round(face.height * scale),
        )
    return Stage(_graded(canvas, placed, scene), placed)


def _framing(portrait: Image.Image, face: FaceBox | None, aspect: float) -> tuple[float, float, float]:
    """Left, top and height of what is seen, in the portrait's pixels; it may reach over its sides."""
    whole = float(portrait.height)
    if face is None:
        visible = min(whole, portrait.width / aspect) if portrait.width / whole > 1 else whole
        return (portrait.width - visible * aspect) / 2, (whole - visible) / 2, visible
    visible = min(whole, face.height * 2.5)
    middle = face.x + face.width / 2
    half = visible * aspect / 2
    if half * 2 <= portrait.width:  # wide enough: stay inside
        middle = min(max(middle, half), portrait.width - half)
    top = face.y + face.height / 2 - visible * 0.47
    return middle - half, min(max(top, 0.0), whole - visible), visible


def _extended(portrait: Image.Image, view: tuple[float, float, float, float], size: tuple[int, int]) -> Floats:
    """The view; where the portrait ends, its edge goes on, ever softer, like a room out of focus."""
    left, top, width, height = view
    over = max(0, int(np.ceil(max(-left, left + width - portrait.width))))
    source = np.asarray(portrait)
    if over:
        source = np.pad(source, ((0, 0), (over, over), (0, 0)), mode="edge")
    box = (left + over, top, left + over + width, top + height)
    box = (max(0.0, box[0]), box[1], min(float(source.shape[1]), box[2]), min(float(source.shape[0]), box[3]))
    sharp = Image.fromarray(source).resize(size, Image.Resampling.LANCZOS, box=box)
    if not over:
        return np.asarray(sharp, np.float32)
    scale = size[1] / height
    columns = np.arange(size[0]) + 0.5
    first, last = -left * scale, (portrait.width - left) * scale
    outside = np.maximum(first - columns, columns - last) / size[1]
    seen = np.asarray(sharp, np.float32)
    for radius, start, end in ((0.02, -0.10, 0.02), (0.06, -0.02, 0.14)):
        soft = np.asarray(sharp.filter(ImageFilter.GaussianBlur(size[1] * radius)), np.float32)
        share = _smooth(np.clip((outside - start) / (end - start), 0, 1))[None, :, None]
        seen = seen * (1 - share) + soft * share
    return seen.astype(np.float32)


def _graded(canvas: Floats, face: FaceBox | None, scene: Scene) -> Pixels:
    """Colour and light of the prompt: strong around the person, faint on the face; darker corners."""
    height, width = canvas.shape[:2]
    rows, columns = (axis.astype(np.float32) for axis in np.ogrid[0:height, 0:width])
    x, y = columns / width - 0.5, rows / height - 0.5
    around = _around(face, rows, columns) if face else np.ones((height, width), np.float32)
    tint = np.array(colorsys.hls_to_rgb(hue(scene.prompt), 0.55, 0.62), np.float32)
    tint = tint / (tint @ np.array([0.299, 0.587, 0.114], np.float32))
    share = (0.10 + 0.75 * around) * (0.25 + 0.6 * scene.mood)
    light = canvas.mean(axis=2, keepdims=True)
    share = share * (1 - 0.6 * (light[..., 0] / 255) ** 4)  # white linen stays white
    coloured = (0.4 * canvas + 0.6 * light) * tint
    graded = canvas + (coloured - canvas) * share[..., None]
    key = 1.05 - 0.30 * _smooth(np.clip(np.hypot(x * 1.15, y) / 0.75, 0, 1)) - 0.06 * x
    return np.asarray(np.clip(graded * key[..., None], 0, 255), np.uint8)


def _around(face: FaceBox, rows: Floats, columns: Floats) -> Floats:
    """0 on face and neck, 1 around them; between lies hair, where the change does not show."""
    across = (columns - face.x - face.width / 2) / face.width
    down = (rows - face.y) / face.height
    head = np.hypot(across / 0.46, (down - 0.44) / 0.74)
    neck = np.hypot(across / 0.30, (down - 1.12) / 0.42)
    return _smooth(np.clip((np.minimum(head, neck) - 0.72) / 0.45, 0, 1))


def _smooth(share: Floats) -> Floats:
    """Eases in and out."""
    return np.asarray(share * share * (3 - 2 * share), np.float32)
