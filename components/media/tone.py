"""The curves between a picture's numbers and light, and how light beyond a screen's white is brought below it.

Sources: ITU-R BT.2100-3 (PQ, HLG), BT.2408-8 (white at 203 nits), BT.1886, IEC 61966-2-1 (sRGB). The tone curve is
the reference white operator of SMPTE ST 2094-50, which Chromium uses for pictures on a screen without high range:
its levels were read off Chromium's own pixels on 2026-11-30.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WHITE, PEAK = 203.0, 1000.0
BRIGHTEST = PEAK / WHITE
KNEE, BEND = 0.5, 0.65
"""Light up to white is halved; from there a curve leads to the brightest light, which becomes white."""
LUMA_2020 = np.array([0.2627, 0.6780, 0.0593], np.float32)


def srgb(value: Floats) -> Floats:
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_srgb_curve(light: Floats) -> Floats:
    steep = 1.055 * np.maximum(light, 0.0031308) ** np.float32(1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, light * 12.92, steep).astype(np.float32)


def tv(value: Floats) -> Floats:
    """What a television makes of BT.709's numbers (BT.1886), and a browser too."""
    return np.asarray(value ** np.float32(2.4), np.float32)


def pq(value: Floats) -> Floats:
    """Light in units of 203 nits."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    root = value.astype(np.float64) ** (1 / m2)
    nits = 10_000 * (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)
    return (nits / WHITE).astype(np.float32)


def hlg(value: Floats) -> Floats:
    """The scene's light, which a display makes steeper: see `displayed`."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(value <= 0.5, value**2 / 3, (np.exp((value - c) / a) + b) / 12).astype(np.float32)


def displayed(scene: Floats) -> Floats:
    """HLG's light on a display of 1,000 nits, in units of 203 nits."""
    luma = np.maximum(scene @ LUMA_2020, 1e-6)[..., None]
    return np.asarray(scene * luma ** np.float32(0.2) * np.float32(BRIGHTEST), np.float32)


def toned(light: Floats) -> Floats:
    """Light in units of white brought to 0 to 1; the brightest of the three colours decides for all of them."""
    most = np.max(light, axis=-1, keepdims=True)
    x_bend = (1 - BEND) + BEND / KNEE
    y_bend = (1 - BEND) * KNEE + BEND
    # A Bézier curve from (1, KNEE) over the bend to (BRIGHTEST, 1): the place on it of each light beyond white.
    a, b, c = 1 - 2 * x_bend + BRIGHTEST, 2 * (x_bend - 1), 1 - np.clip(most, 1, BRIGHTEST)
    t = (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a)
    beyond = (1 - t) ** 2 * KNEE + 2 * t * (1 - t) * y_bend + t**2
    wanted = np.where(most <= 1, most * KNEE, beyond)
    return np.asarray(light * wanted / np.maximum(most, 1e-6), np.float32)
