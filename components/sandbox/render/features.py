"""Finds the mouth's line and the eyes within a face box. Needs OpenCV; moves nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.media.faces import FaceBox
from components.sandbox.render.draw import Floats, Pixels, cv2


@dataclass(frozen=True)
class Mouth:
    """The line between closed lips, in the stage's pixels."""

    x: float
    y: float
    half: float
    """Half its width."""
    tilt: float
    bow: float
    """How far the corners lie above or below the middle: as the first and second power of the way across."""
    light: float
    """How bright the face is lit; 1 is ordinary."""

    def line(self, across: Floats) -> Floats:
        return np.asarray(self.y + self.tilt * across + self.bow * across**2, np.float32)


@dataclass(frozen=True)
class Eye:
    """An open eye, in the stage's pixels."""

    x: float
    y: float
    """Where its corners are."""
    half: float
    """Half its width."""
    brow: float
    """The lower edge of the brow."""
    top: float
    """The upper lid's edge."""
    low: float
    """The lower lid's edge."""


def find_mouth(stage: Pixels, box: FaceBox) -> Mouth:
    """The darkest line where a mouth should be; lips that it cannot tell apart get the usual place."""
    left, top = round(box.x + 0.20 * box.width), round(box.y + 0.64 * box.height)
    area = stage[top : round(box.y + 0.97 * box.height), left : round(box.x + 0.80 * box.width)]
    dark = _darkness(area, box.height)
    rows = (np.arange(dark.shape[0]) + top - box.y) / box.height
    usual = np.exp(-(((rows - 0.79) / 0.07) ** 2))
    middle = dark.shape[1] // 2
    core = slice(round(middle - 0.13 * box.width), round(middle + 0.13 * box.width))
    row = int(np.argmax(dark[:, core].mean(axis=1) * usual))
    near = slice(max(0, row - round(0.03 * box.height)), row + round(0.03 * box.height) + 1)
    strongest = dark[near].max(axis=0)
    x, half = _extent(strongest > 0.35 * strongest[core].mean(), middle, box.width)
    columns = np.arange(max(0, round(x - 0.9 * half)), min(dark.shape[1], round(x + 0.9 * half)))
    heights = near.start + dark[near][:, columns].argmax(axis=0)
    bow, tilt, y = np.polyfit((columns - x) / half, heights, 2)
    limit = 0.04 * box.height
    light = float(np.clip(np.percentile(area, 70) / 170, 0.35, 1.1))
    return Mouth(
        left + x,
        top + float(y),
        half,
        float(np.clip(tilt, -limit, limit)),
        float(np.clip(bow, -limit, limit)),
        light,
    )


def _extent(dark: NDArray[np.bool_], middle: int, width: int) -> tuple[float, float]:
    """Middle and half the width of the line that runs through the middle; small breaks in it count as line."""
    bridge = max(1, round(0.02 * width))
    ends = []
    for side in (dark[middle::-1], dark[middle:]):
        breaks = np.convolve(side, np.ones(bridge), mode="valid") == 0
        ends.append(int(np.argmax(breaks)) if breaks.any() else len(side))
    slant = np.clip((ends[1] - ends[0]) / 2, -0.04 * width, 0.04 * width)
    half = np.clip(1.04 * (ends[0] + ends[1]) / 2, 0.16 * width, 0.25 * width)
    return middle + float(slant), float(half)


def find_eyes(stage: Pixels, box: FaceBox) -> tuple[Eye, ...]:
    """Both eyes, or none: a blink of one would be a wink."""
    top, height = round(box.y + 0.18 * box.height), round(0.42 * box.height)
    grey = cv2.cvtColor(stage[top : top + height, box.x : box.x + box.width], cv2.COLOR_RGB2GRAY)
    finder = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_eye.xml")
    side = round(0.16 * box.width)
    found = finder.detectMultiScale(grey, 1.05, 4, minSize=(side, side), maxSize=(2 * side, 2 * side))
    eyes = []
    for place in (0.30, 0.70):
        near = [item for item in found if abs(item[0] + item[2] / 2 - place * box.width) < 0.12 * box.width]
        if not near:
            return ()
        x, y, size, _ = max(near, key=lambda item: item[2])
        eyes.append(_eye(grey, (x + size / 2, y + size / 2), size, (box.x, top)))
    return tuple(eyes)


def _eye(grey: Pixels, middle: tuple[float, float], size: int, offset: tuple[int, int]) -> Eye:
    """Lids from the place of the pupil: the darkest spot near the middle."""
    x, y = middle
    reach = round(0.22 * size)
    rows, columns = (
        slice(max(0, round(y) - reach), round(y) + reach),
        slice(max(0, round(x) - reach), round(x) + reach),
    )
    spot = 255 - cv2.GaussianBlur(grey, (0, 0), 0.06 * size)[rows, columns].astype(np.float32)
    weight = np.clip(spot - np.percentile(spot, 75), 0, None) ** 2 + 1e-6
    at_y = rows.start + float((weight.sum(axis=1) @ np.arange(weight.shape[0])) / weight.sum())
    at_x = columns.start + float((weight.sum(axis=0) @ np.arange(weight.shape[1])) / weight.sum())
    at_x, at_y = at_x + offset[0], at_y + offset[1]
    return Eye(at_x, at_y, 0.53 * size, at_y - 0.42 * size, at_y - 0.13 * size, at_y + 0.22 * size)


def _darkness(area: Pixels, height: int) -> Floats:
    """How much darker a spot is than what surrounds it."""
    grey = cv2.cvtColor(area, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = cv2.GaussianBlur(grey, (0, 0), max(0.6, 0.006 * height))
    broad = cv2.GaussianBlur(grey, (0, 0), 0.05 * height)
    return np.asarray(np.clip(broad - fine, 0, None), np.float32)
