"""Makes a scene of a HuMo request: someone who speaks. Knows no HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.catalog.models import humo
from components.sandbox.inputs import Inputs
from components.sandbox.scene import Scene
from components.sandbox.segmind.model import Model


class Humo(Model):
    """The model's own rules."""

    def __init__(self, names: Mapping[str, str], inputs: Inputs) -> None:
        super().__init__(humo.SPEC, names, {"image": inputs.portrait, "audio": inputs.voice})

    def scene(self, values: Mapping[str, Any], files: Mapping[str, str]) -> Scene:
        """Guidance becomes strength: each number's place within its bounds."""
        return Scene(
            prompt=values["prompt"],
            portrait=files.get("image"),  # who gives one wants to see it, in mode TA as well
            voice=files.get("audio"),
            width=values["width"],
            height=values["height"],
            frames=values["frames"],
            fps=humo.FPS,
            mouth=self.share("scale_a", values),
            mood=self.share("scale_t", values),
            detail=min(1.0, values["steps"] / 50),  # 30-50 is usual; more is finer than the eye
        )
