"""Acme Scene: a scene filmed from words. Source: none, Acme is made up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, Price

PAGE = "made up, 2026-11-30"


class AcmeSceneRequest(ModelRequest):
    """What Acme Scene is asked for; words only."""

    prompt: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Control("Scene", "What is seen.", "text", PAGE, main=True, means=Means("direction")),
    ]
    frames: Annotated[
        int,
        Field(ge=5, le=50),
        Control("Length", "Frames at 25 a second.", "number", PAGE, main=True, means=Means("frames")),
    ] = 25


SPEC = ModelSpec(
    id="acme/scene",
    slug="scene-1",
    name="Acme Scene",
    maker="Acme",
    provider="acme",
    provider_name="Acme",
    page="acme-scene",
    wish="Film a scene",
    title="Film a scene with Acme",
    pitch="Two seconds of a scene that you describe.",
    request=AcmeSceneRequest,
    fps=25,
    price=Price(None, PAGE),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    needs="a few words",
    example={"prompt": "Rain on a window."},
    links={},
)
