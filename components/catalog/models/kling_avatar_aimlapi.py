"""Kling Avatar by Kuaishou, through AI/ML API: a portrait speaks, in standard or pro quality.

Sources: github.com/aimlapi/api-docs at f14fa72 (2026-08-21): avatar-standard.json, avatar-pro.json (inputs, bytes,
720p at 24 and 1080p at 48 frames a second, about 4 and 9 minutes); prices as a published client lists them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, PictureLimits, Price, VoiceLimits

PAGE = "github.com/aimlapi/api-docs, Kling-AI/avatar-standard.json, 2026-08-21"
STANDARD, PRO = "klingai/avatar-standard", "klingai/avatar-pro"


class KlingAvatarAimlapiRequest(ModelRequest):
    """What Kling Avatar is asked for at AI/ML API; portrait and voice hold an asset id or an https address."""

    prompt: Annotated[
        str | None,
        Field(max_length=2500),
        Control(
            "Direction",
            "How the person acts while speaking.",
            "text",
            PAGE,
            main=True,
            placeholder="A person speaks naturally to the camera.",
            means=Means("direction"),
        ),
    ] = None
    image_url: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Portrait",
            "One person, face to camera. Sent inside the request.",
            "image",
            PAGE,
            main=True,
            means=Means("portrait"),
        ),
    ]
    audio_url: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Voice",
            "Speech, at most 5 MB; the video is as long. Fetched from a web address.",
            "audio",
            PAGE,
            main=True,
            means=Means("voice"),
        ),
    ]
    model: Annotated[
        Literal["klingai/avatar-standard", "klingai/avatar-pro"],
        Control(
            "Quality",
            "Standard makes 720p at 24 frames a second, Pro 1080p at 48 for twice the price.",
            "choice",
            PAGE,
            main=True,
            choices={STANDARD: "Standard", PRO: "Pro"},
        ),
    ] = "klingai/avatar-standard"
    provider: Annotated[
        Literal["auto", "kling", "fal"],
        Control(
            "Runs at",
            "Where AI/ML API has it made: by itself Kling, then fal; or one of them only.",
            "choice",
            PAGE,
            choices={"auto": "Kling, then fal", "kling": "Kling only", "fal": "fal only"},
        ),
    ] = "auto"


SPEC = ModelSpec(
    id="aimlapi/kling-avatar",
    slug=STANDARD,
    name="Kling Avatar · AI/ML API",
    maker="Kuaishou",
    provider="aimlapi",
    provider_name="AI/ML API",
    page="kling-avatar-aimlapi",
    wish="Make a portrait speak",
    title="Make a portrait speak, standard or pro",
    pitch="A portrait that says every word of your recording, in 720p or 1080p.",
    request=KlingAvatarAimlapiRequest,
    fps=None,
    price=Price(
        None,
        "a published client's list, 2026-11-25; the page's samples agree",
        0.059,
        depends_on="model",
        usd_per_second_by={STANDARD: 0.059, PRO: 0.121},
    ),
    typical_seconds=(240, 530),
    resolutions=(),
    durations=(),
    needs="a portrait and a voice",
    example={"prompt": "She speaks naturally to camera, with small gestures and a friendly smile."},
    links={"Documentation": "https://docs.aimlapi.com/api-references/video-models/kling-ai/avatar-standard"},
    voice=VoiceLimits(300.0, inclusive=True, most_bytes=5_000_000),
    picture=PictureLimits(),
    address_only=("audio_url",),
    unknown=("the longest voice (the model's other hosts say 60 or 300 seconds)",),
)
