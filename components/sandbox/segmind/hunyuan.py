"""Makes a scene of a Hunyuan Video request: a view filmed from words. Knows no HTTP.

The clip has the size and the length that the model's own code would give it: sides rounded up to steps of 16,
frames rounded down to 4k + 1 where that code refuses any other number (what Segmind does with one is not
documented). Source: Tencent-Hunyuan/HunyuanVideo, README.md and hyvideo/inference.py (`video_length - 1` must
be a multiple of 4, sizes aligned to 16), read 2026-11-20. The negative prompt changes nothing: at the model's
default guidance of 1.0 the same code leaves it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.catalog.models import hunyuan_video
from components.sandbox.scene import Film, Scene
from components.sandbox.segmind.model import Model

SIDE_STEP = 16
LENGTH_STEP = 4


class Hunyuan(Model):
    """The model's own rules."""

    def __init__(self) -> None:
        super().__init__(hunyuan_video.SPEC)

    def scene(self, values: Mapping[str, Any], files: Mapping[str, str]) -> Scene:
        """Shift becomes the camera's way, guidance the strength of colour, steps the fineness."""
        return Scene(
            prompt=values["prompt"],
            width=rounded_up(values["width"]),
            height=rounded_up(values["height"]),
            frames=(values["video_length"] - 1) // LENGTH_STEP * LENGTH_STEP + 1,
            fps=hunyuan_video.FPS,
            mood=self.share("embedded_guidance_scale", values),
            detail=min(1.0, values["infer_steps"] / 50),  # 40-50 is usual; more is finer than the eye
            film=Film(seed=values["seed"], motion=self.share("flow_shift", values)),
        )


def rounded_up(side: int) -> int:
    """A side in pixels as the model makes it."""
    return -(-side // SIDE_STEP) * SIDE_STEP
