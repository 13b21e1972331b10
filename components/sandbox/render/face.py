"""Makes a still face speak and blink by bending its picture. Needs OpenCV; knows no scene and no camera.

The mouth is drawn at a few openings, once each: jaw and lips are bent apart, the gap is filled with a cavity,
teeth and a tongue, and nothing moves at the patch's own edges, so that no seam can show.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from components.media.faces import FaceBox
from components.sandbox.render.draw import Floats, Pixels, cv2
from components.sandbox.render.features import Eye, Mouth, find_eyes, find_mouth

OPENINGS, ROUNDINGS = 20, 4
WIDEST = 0.135
"""The widest gap, in heights of the face box."""
SHADE = 3.5
"""How far the shade of the lips' inner edges reaches, in widths of an edge."""
BLINK_EVERY, BLINK_FIRST, BLINK_SECONDS = 2.7, 1.15, 0.24


class Face:
    """A face on a stage."""

    def __init__(self, stage: Pixels, box: FaceBox) -> None:
        self._stage, self._box = stage, box
        self._mouth = find_mouth(stage, box)
        self._eyes = find_eyes(stage, box)
        self._patches: dict[tuple[int, int], tuple[slice, slice, Pixels]] = {}

    @property
    def mouth(self) -> Mouth:
        return self._mouth

    def at(self, opening: float, roundness: float, seconds: float) -> Pixels:
        """The stage with the mouth open by 0 to 1, at a moment that may hold a blink."""
        key = (round(min(opening, 1.0) * OPENINGS), round(roundness * ROUNDINGS))
        if key not in self._patches:
            self._patches[key] = _open(self._stage, self._box, self._mouth, key[0] / OPENINGS, key[1] / ROUNDINGS)
        frame = self._stage.copy()
        rows, columns, patch = self._patches[key]
        frame[rows, columns] = patch
        shut = _lids(seconds)
        if shut > 0.02:
            for eye in self._eyes:
                _blink(frame, self._stage, eye, shut)
        return frame


def _lids(seconds: float) -> float:
    """How far the lids are down: shut fast, open slower, every few seconds."""
    into = (seconds - BLINK_FIRST) % BLINK_EVERY
    if into > BLINK_SECONDS or seconds < BLINK_FIRST:
        return 0.0
    part = into / BLINK_SECONDS
    return float(np.clip(part / 0.35 if part < 0.35 else 1.25 - (part - 0.35) / 0.52, 0, 1))


def _open(
    stage: Pixels, box: FaceBox, mouth: Mouth, opening: float, roundness: float
) -> tuple[slice, slice, Pixels]:
    """The part of the stage that moves, with the mouth at one opening."""
    rows = slice(
        max(0, round(mouth.y - 0.30 * box.height)), min(stage.shape[0], round(mouth.y + 0.72 * box.height))
    )
    columns = slice(
        max(0, round(mouth.x - 0.72 * box.width)), min(stage.shape[1], round(mouth.x + 0.72 * box.width))
    )
    y, x = (axis.astype(np.float32) for axis in np.ogrid[rows, columns])
    gap = opening * WIDEST * box.height
    down = (y - mouth.y) / box.height
    # Round lips: the picture is drawn together around the mouth.
    pinch = 0.34 * roundness * min(1.0, 2.5 * opening) * _bell((x - mouth.x) / (1.5 * mouth.half), down / 0.20)
    x_from = x + (x - mouth.x) * pinch
    across = (x_from - mouth.x) / mouth.half
    line = mouth.line(np.clip(across, -1, 1))
    arch = np.clip(1 - across**2, 0, 1) ** 0.85 * gap
    upper, lower = line - 0.2 * arch, line + 0.8 * arch
    side = _ease(1 - np.abs(x - mouth.x) / (0.70 * box.width))
    fall = _ease((0.70 - down) / 0.40)
    jaw = 0.55 * gap * np.exp(-((across / 2.3) ** 2)) * side
    chin = _ease((y - lower) / (0.20 * box.height))
    below = (lower - line) * (1 - chin) + jaw * chin * fall
    above = (line - upper) * _ease(1 - (upper - y) / (0.13 * box.height))
    y_from = np.where(y > (upper + lower) / 2, y - below, y + above)
    bent = cv2.remap(
        stage,
        x_from.astype(np.float32),
        y_from.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    return rows, columns, _filled(bent, (y, across, upper, lower), box.height, mouth)


def _filled(bent: Pixels, shape: tuple[Floats, Floats, Floats, Floats], height: int, mouth: Mouth) -> Pixels:
    """Puts the inside of the mouth between the lips, and their shade around it; all else stays as it is."""
    y, across, upper, lower = shape
    near = np.minimum(y - upper, lower - y) > -SHADE * _edge(height)
    if near.any():
        rows, columns = (_reach(near.any(axis=axis)) for axis in (1, 0))
        place = rows, columns
        inner = y[rows], across[place], upper[place], lower[place]
        bent[place] = _mouth(bent[place].astype(np.float32), inner, height, mouth)
    return bent


def _reach(found: NDArray[np.bool_]) -> slice:
    """From the first to the last."""
    places = np.flatnonzero(found)
    return slice(int(places[0]), int(places[-1]) + 1)


def _edge(height: int) -> float:
    """How soft the lips' inner edges are, in pixels."""
    return max(0.8, 0.006 * height)


def _mouth(bent: Floats, shape: tuple[Floats, Floats, Floats, Floats], height: int, mouth: Mouth) -> Pixels:
    y, across, upper, lower = shape
    gap = lower - upper
    depth = np.clip((y - upper) / np.maximum(gap, 1e-3), 0, 1)[..., None]
    inside = _mix(np.array([40, 12, 15.0]), np.array([98, 38, 40.0]), depth)
    tongue = (
        _ease((depth - 0.58) / 0.3)
        * _ease((0.72 - np.abs(across[..., None])) / 0.45)
        * _ease((gap[..., None] / height - 0.045) / 0.04)
    )
    inside = _mix(inside, np.array([176, 88, 88.0]) * (0.75 + 0.25 * depth), tongue)
    inside = _mix(inside, _enamel(across, y - upper, height), _teeth(across, y - upper, gap, height)[..., None])
    inside *= mouth.light
    edge = _edge(height)
    between = np.minimum(y - upper, lower - y)
    share = _ease(between / edge + 0.5) * _ease(gap / (0.012 * height))
    # The lips' inner edges lie in shade.
    rim = np.clip(1 - np.abs(between) / (SHADE * edge), 0, 1) * _ease(gap / (0.03 * height))
    shaded = bent * (1 - 0.32 * rim)[..., None]
    return np.asarray(np.clip(_mix(shaded, inside, share[..., None]), 0, 255), np.uint8)


def _teeth(across: Floats, depth: Floats, gap: Floats, height: int) -> Floats:
    """Where the upper row shows: a band under the upper lip that the corners hide."""
    length = np.minimum(0.40 * gap, 0.042 * height) * (1 - 0.35 * across**2)
    band = _ease((length - depth) / (0.010 * height) + 0.5)
    return band * _ease((0.80 - np.abs(across)) / 0.18) * _ease((gap / height - 0.022) / 0.03)


def _enamel(across: Floats, depth: Floats, height: int) -> Floats:
    """Off-white, in the shade of the lip above and of the cheeks at the sides, with faint gaps."""
    light = (0.62 + 0.38 * _ease(depth / (0.020 * height))) * (1 - 0.42 * across**2)
    gaps = 1 - 0.13 * np.clip(np.cos(across * np.pi * 2 / 0.27) * 6 - 5, 0, 1)
    return np.asarray(np.array([238, 230, 218]) * (light * gaps)[..., None], np.float32)


def _blink(frame: Pixels, stage: Pixels, eye: Eye, shut: float) -> None:
    """Draws the skin between brow and lashes down over the eye; the lashes come with it."""
    rows = slice(round(eye.brow), round(eye.low + 0.3 * eye.half))
    columns = slice(round(eye.x - eye.half), round(eye.x + eye.half) + 1)
    y, x = np.mgrid[rows, columns].astype(np.float32)
    bow = np.clip(1 - ((x - eye.x) / eye.half) ** 2, 0, 1) ** 0.8
    upper, lower = eye.y + (eye.top - eye.y) * bow, eye.y + (eye.low - eye.y) * bow
    lid = upper + (lower - upper) * shut
    drawn = eye.brow + (y - eye.brow) * (upper - eye.brow) / np.maximum(lid - eye.brow, 1)
    y_from = np.where(y < lid, drawn, y).astype(np.float32)
    bent = cv2.remap(stage, x, y_from, cv2.INTER_LINEAR).astype(np.float32)
    lashes = 0.9 * shut * _ease(4 * bow) * np.exp(-(((y - lid) / (0.07 * eye.half)) ** 2))
    frame[rows, columns] = _mix(bent, np.array([38, 24, 20.0]), lashes[..., None])


def _mix(under: Floats, over: Floats, share: Floats) -> Floats:
    return np.asarray(under + (over - under) * share, np.float32)


def _ease(share: Floats) -> Floats:
    """0 to 1, smooth at both ends."""
    part = np.clip(share, 0, 1)
    return np.asarray(part * part * (3 - 2 * part), np.float32)


def _bell(x: Floats, y: Floats) -> Floats:
    return np.asarray(np.exp(-(x**2) - y**2), np.float32)
