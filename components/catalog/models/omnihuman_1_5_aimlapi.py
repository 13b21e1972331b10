"""OmniHuman 1.5 by ByteDance, through AI/ML API: a portrait speaks with your voice, in full HD.

Sources: github.com/aimlapi/api-docs at f14fa72 (2026-08-21): two inputs, audio under 30 seconds, 1920×1088, about
250 s; its sample's 5,040,000 credits ($2.52) fit $0.168 a second if the clip has 15 s, which is not stated.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, PictureLimits, Price, VoiceLimits

PAGE = "github.com/aimlapi/api-docs, omnihuman-v.1.5.json, 2026-08-21"


class OmniHuman15AimlapiRequest(ModelRequest):
    """What OmniHuman 1.5 is asked for at AI/ML API; each holds an asset id or an https address."""

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
            "Speech under 30 seconds; the video is as long. Fetched from a web address.",
            "audio",
            PAGE,
            main=True,
            means=Means("voice"),
        ),
    ]


SPEC = ModelSpec(
    id="aimlapi/omnihuman-1.5",
    slug="bytedance/omnihuman/v1.5",
    name="OmniHuman 1.5 · AI/ML API",
    maker="ByteDance",
    provider="aimlapi",
    provider_name="AI/ML API",
    page="omnihuman-1-5-aimlapi",
    wish="Make a portrait speak",
    title="Make a portrait speak in full HD",
    pitch="A portrait that says every word of your recording, with face and body in motion, 1920 pixels wide.",
    request=OmniHuman15AimlapiRequest,
    fps=None,
    price=Price(None, "inferred from the page's sample ($2.52), 2026-11-25", usd_per_second=0.168),
    typical_seconds=(250, 250),
    resolutions=(),
    durations=(),
    needs="a portrait and a voice",
    example={},
    links={"Documentation": "https://docs.aimlapi.com/api-references/video-models/bytedance/omnihuman-1.5"},
    voice=VoiceLimits(30.0),
    picture=PictureLimits(),
    address_only=("audio_url",),
    unknown=("the price a second (this one is inferred from a sample)",),
)
