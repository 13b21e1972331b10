"""Pixels, letters and the marks that every clip carries. Works without OpenCV, only slower. Knows no face."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from components.media.letters import fonts

if TYPE_CHECKING:
    from components.sandbox.render.sound import Sound

Pixels = NDArray[np.uint8]
Floats = NDArray[Any]
"""Of 32 bits wherever a whole picture is meant."""
Matrix = NDArray[np.float64]
"""Two rows of three: where a point of the target lies in the source."""

AMBER = (242, 184, 75)
INK = (15, 17, 21)
# OpenCV's own types are too loose to be of use; None where it is not installed.
cv2: Any = importlib.import_module("cv2") if importlib.util.find_spec("cv2") else None


def use_one_thread() -> None:
    """OpenCV's finders order what they find by which thread was first; one thread makes clips repeatable."""
    if cv2 is not None:
        cv2.setNumThreads(1)


def yuv420p(pixels: Pixels) -> Pixels:
    """RGB to the planes that the encoder takes; both sides must be even."""
    if cv2 is not None:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2YUV_I420), np.uint8)
    y, cb, cr = (np.asarray(band, np.float32) for band in Image.fromarray(pixels).convert("YCbCr").split())
    halved = [
        (band.reshape(band.shape[0] // 2, 2, -1, 2).mean((1, 3)) - 128) * 224 / 255 + 128 for band in (cb, cr)
    ]
    planes = [y * 219 / 255 + 16, *halved]
    flat = np.concatenate([plane.ravel() for plane in planes])
    return np.asarray(np.rint(flat), np.uint8).reshape(-1, pixels.shape[1])


def transform(pixels: Pixels, matrix: Matrix, size: tuple[int, int]) -> Pixels:
    """The picture through a moving camera."""
    if cv2 is not None:
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        moved = cv2.warpAffine(pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_REFLECT)
        return np.asarray(moved, np.uint8)
    data = tuple(matrix.ravel())
    picture = Image.fromarray(pixels).transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
    return np.array(picture, np.uint8)  # a copy: frames are drawn on


def sum_of(pixels: Pixels, change: NDArray[np.int16]) -> Pixels:
    """The picture brighter and darker by what `change` says of each value, within black and white."""
    if cv2 is not None:
        return np.asarray(cv2.add(pixels, change, dtype=cv2.CV_8U), np.uint8)
    return np.asarray(np.clip(pixels + change, 0, 255), np.uint8)


def tripled(plane: Pixels) -> Pixels:
    """The plane three times, one for each colour."""
    if cv2 is not None:
        return np.asarray(cv2.cvtColor(plane, cv2.COLOR_GRAY2RGB), np.uint8)
    return np.repeat(plane[..., None], 3, axis=2)


def camera(
    source: tuple[int, int], target: tuple[int, int], zoom: float, turn: float, shift: tuple[float, float]
) -> Matrix:
    """Looks at the middle of the source: `zoom` 1 shows all of its height, `turn` is in radians."""
    scale = source[1] / target[1] / zoom
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    middle = np.array([source[0] / 2 + shift[0], source[1] / 2 + shift[1]])
    turned = np.array([[cos, -sin], [sin, cos]])
    return np.column_stack([turned, middle - turned @ np.array([target[0] / 2, target[1] / 2])])


class Overlay:
    """A drawing with soft edges that is laid over every frame at the same place."""

    def __init__(self, drawing: Image.Image, at: tuple[int, int]) -> None:
        layered = np.asarray(drawing.convert("RGBA"), np.float32)
        alpha = layered[..., 3:] / 255
        self._colour = layered[..., :3] * alpha
        # Three of each, like the colour: arithmetic on unlike shapes goes pixel by pixel, at twice the time.
        self._rest = np.repeat(1 - alpha, 3, axis=2)
        self._x, self._y = at

    def lay(self, frame: Pixels, left: int = 0, right: int | None = None) -> None:
        """Draws its columns from `left` to `right`."""
        part = slice(left, self._colour.shape[1] if right is None else right)
        colour, rest = self._colour[:, part], self._rest[:, part]
        height, width = colour.shape[:2]
        if not width:
            return
        x = self._x + left
        place = frame[self._y : self._y + height, x : x + width]
        place[...] = (place * rest + colour + 0.5).astype(np.uint8)


def label(size: tuple[int, int]) -> Overlay:
    """The mark that says what made the clip: top left, in every frame."""
    side = min(size)
    letters = max(11, round(side * 0.04))
    font = fonts(letters)[0]
    spaced = "\u200a".join("SANDBOX") if len(fonts(letters)) > 1 else "SANDBOX"
    left, top, right, bottom = (round(edge) for edge in font.getbbox(spaced))
    pad = round(letters * 0.62)
    pill = Image.new("RGBA", (right - left + 2 * pad, bottom - top + round(1.5 * pad)))
    draw = ImageDraw.Draw(pill)
    draw.rounded_rectangle((0, 0, pill.width - 1, pill.height - 1), letters // 3, fill=(*INK, 190))
    draw.text((pad - left, round(0.75 * pad) - top), spaced, font=font, fill=(*AMBER, 255))
    margin = round(side * 0.036)
    pill.thumbnail((size[0] - 2 * margin, size[1] - 2 * margin))  # the smallest clips have room for little
    return Overlay(pill, (margin, margin))


class Strip:
    """The voice's outline along the lower edge; what was heard already is amber."""

    def __init__(self, size: tuple[int, int], sound: Sound) -> None:
        width, height = size
        self._shown = sound.samples.size > 0
        box = (round(width * 0.30), round(height * 0.052))
        at = ((width - box[0]) // 2, height - round(height * 0.036) - box[1])
        self._width = box[0]
        self._ahead = Overlay(_bars(box, sound.bars, (255, 255, 255, 105)), at)
        self._heard = Overlay(_bars(box, sound.bars, (*AMBER, 235)), at)

    def lay(self, frame: Pixels, progress: float) -> None:
        if self._shown:
            edge = round(self._width * progress)
            self._heard.lay(frame, 0, edge)
            self._ahead.lay(frame, edge)


def _bars(box: tuple[int, int], bars: NDArray[np.float64], colour: tuple[int, int, int, int]) -> Image.Image:
    """Drawn four times as large and made small again: soft, round bars."""
    width, height = box[0] * 4, box[1] * 4
    count = min(len(bars), box[0] // 6)
    picture = Image.new("RGBA", (width, height), (*colour[:3], 0))
    draw = ImageDraw.Draw(picture)
    step = width / count
    for index, group in enumerate(np.array_split(bars, count)):
        half = max(step * 0.24, float(group.max()) ** 0.8 * height / 2 - 1)
        x = (index + 0.5) * step
        draw.rounded_rectangle(
            (x - step * 0.22, height / 2 - half, x + step * 0.22, height / 2 + half), step * 0.22, fill=colour
        )
    return picture.resize(box, Image.Resampling.LANCZOS)
