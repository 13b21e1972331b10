"""A model that no provider has, for tests of what holds for any: made by changing one thing of a good spec."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from components.catalog.spec import (
    Control,
    Means,
    ModelRequest,
    ModelSpec,
    PictureLimits,
    Price,
    VoiceLimits,
)

SOURCE = "made up for tests, 2026-11-25"


class Asked(ModelRequest):
    """Words, a portrait, a voice and a number, under names that no real model uses."""

    text_prompt: Annotated[
        str,
        Field(min_length=1),
        Control("Words", "What is seen.", "text", SOURCE, main=True, means=Means("direction")),
    ] = "Someone speaks."
    face: Annotated[
        str,
        Control(
            "Face", "Who is seen.", "image", SOURCE, main=True, wire="inputs.faces[]", means=Means("portrait")
        ),
    ]
    speech: Annotated[
        str,
        Control(
            "Speech", "What is heard.", "audio", SOURCE, main=True, wire="inputs.speech", means=Means("voice")
        ),
    ]
    strength: Annotated[int, Field(ge=1, le=9), Control("Strength", "How much.", "number", SOURCE, main=True)] = 5


def made_up(provider: str = "segmind", **changes: Any) -> ModelSpec:
    """The spec, with changes.

    Raises:
        ContradictorySpec: the changes contradict the rest.
    """
    good: dict[str, Any] = {
        "id": f"{provider}/made-up",
        "slug": "made-up",
        "name": "Made Up",
        "maker": "Nobody",
        "provider": provider,
        "provider_name": provider.capitalize(),
        "page": "made-up",
        "wish": "Make a portrait speak",
        "title": "Make a portrait speak",
        "pitch": "A portrait that says every word.",
        "request": Asked,
        "fps": None,
        "price": Price(None, SOURCE, usd_per_second=0.1),
        "typical_seconds": None,
        "resolutions": (),
        "durations": (),
        "needs": "a portrait and a voice",
        "example": {"text_prompt": "A person speaks."},
        "links": {},
        "voice": VoiceLimits(60.0),
        "picture": PictureLimits(),
    }
    return ModelSpec(**good | changes)
