"""OmniHuman by ByteDance, through AI/ML API: a portrait speaks with your voice.

Sources: github.com/aimlapi/api-docs (2026-08-21): two inputs, audio under 30 seconds, audio by address only;
Replicate's page of the model (best up to 15 seconds); docs.aimlapi.com/faq ($1 = 2,000,000 credits).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, PictureLimits, Price, VoiceLimits

PAGE = "github.com/aimlapi/api-docs, 2026-08-21"


class OmniHumanAimlapiRequest(ModelRequest):
    """What OmniHuman is asked for at AI/ML API; each holds an asset id or an https address."""

    image_url: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Portrait",
            "One person, face to camera; the video takes its shape. Sent inside the request.",
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
            "Speech under 30 seconds, best up to 15; the video is as long. Fetched from a web address.",
            "audio",
            PAGE,
            main=True,
            means=Means("voice"),
        ),
    ]


SPEC = ModelSpec(
    id="aimlapi/omnihuman",
    slug="bytedance/omnihuman",
    name="OmniHuman · AI/ML API",
    maker="ByteDance",
    provider="aimlapi",
    provider_name="AI/ML API",
    page="omnihuman-aimlapi",
    wish="Make a portrait speak",
    title="Make a portrait speak",
    pitch="A portrait that says every word of your recording, with face and body in motion.",
    request=OmniHumanAimlapiRequest,
    fps=None,
    price=Price(None, PAGE, sample_usd=2.94),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    voice=VoiceLimits(30.0),
    picture=PictureLimits(),
    needs="a portrait and a voice",
    example={},
    address_only=("audio_url",),
    links={"Documentation": "https://docs.aimlapi.com/api-references/video-models/bytedance/omnihuman"},
)
