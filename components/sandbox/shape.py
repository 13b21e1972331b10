"""How large and how long a clip becomes, by what its model says of sizes and lengths. Knows no model by name."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from components.catalog.spec import Means, ModelSpec, Role

FPS = 25
"""Where a model names none."""
SHORTEST, LONGEST = 896, 1024
"""Bounds of the longer side where nobody asks for a size: published samples of OmniHuman have 896 × 1344 and
1024 × 1024; smaller here, to be quick."""
LARGEST = 1920
WIDE = (16, 9)
"""The shape of a scene without a portrait and without a size."""
SILENT_SECONDS = 3.0
"""A clip without a voice and without a length."""


def size(spec: ModelSpec, values: Mapping[str, Any], portrait: tuple[int, int] | None) -> tuple[int, int]:
    """Width and height, even as an encoder needs them.

    Args:
        spec: the model.
        values: the request, by documented name.
        portrait: the sides of the picture that the clip is made of.
    """
    width, height = spec.value(values, "width"), spec.value(values, "height")
    if width and height:
        return _side(spec, "width", width), _side(spec, "height", height)
    across, down = portrait or WIDE
    lines = re.search(r"\d{3,4}", str(spec.value(values, "resolution") or ""))
    scale = int(lines[0]) / min(across, down) if lines else _usual(max(across, down))
    scale = min(scale, LARGEST / max(across, down))
    return _even(across * scale), _even(down * scale)


def frames(spec: ModelSpec, values: Mapping[str, Any], voice_seconds: float | None) -> int:
    """How many; a model that counts them gets what it can make, any other is as long as the voice."""
    asked = spec.value(values, "frames")
    if asked is None:
        seconds = SILENT_SECONDS if voice_seconds is None else voice_seconds
        return max(1, math.ceil(seconds * fps(spec) - 0.01))
    # Where a voice drives the clip, no document says that a host rounds: the length stays as asked.
    if spec.parameter("voice"):
        return int(asked)
    means = _means(spec, "frames")
    return max(1, (int(asked) - means.plus) // means.every * means.every + means.plus)


def fps(spec: ModelSpec) -> int:
    return spec.fps or FPS


def _usual(longer: int) -> float:
    return min(max(longer, SHORTEST), LONGEST) / longer


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


def _side(spec: ModelSpec, role: Role, asked: int) -> int:
    """Rounded up to the model's steps."""
    step = max(2, _means(spec, role).every)
    return -(-int(asked) // step) * step


def _means(spec: ModelSpec, role: Role) -> Means:
    name = spec.parameter(role)
    return (spec.control(name).means if name else None) or Means(role)
