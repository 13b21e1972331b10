"""Kling Avatar 2.0 by Kuaishou, through Runware: a portrait speaks for up to five minutes.

Sources, read 2026-11-25: PyPI `runware-sdk` 1.8.0, `task_map.py` (inputs and prompt, nothing else);
runware.ai/models (prices, up to five minutes); a published client that copies the provider's page (bytes, sides,
shape, seconds); AI/ML API's page of the same model (720p at 24 and 1080p at 48 frames a second). Some clients
report refusals without a prompt, so one is always sent.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from components.catalog.runware_fields import (
    CheckContent,
    CheckDepth,
    IncludeCost,
    KeepSeconds,
    NumberResults,
    OutputFormat,
    OutputQuality,
    UploadEndpoint,
    WebhookUrl,
)
from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, PictureLimits, Price, VoiceLimits

SDK = "PyPI runware-sdk 1.8.0, task_map.py, 2026-11-25"
CLIENT = "a published client that copies the provider's page, 2026-11-25"
PRICES = "runware.ai/models, 2026-11-25"
STANDARD, PRO = "klingai:avatar@2.0-standard", "klingai:avatar@2.0-pro"


class KlingAvatarRunwareRequest(ModelRequest):
    """What Kling Avatar is asked for at Runware; portrait and voice hold an asset id or an https address."""

    positivePrompt: Annotated[
        str,
        Field(min_length=1, max_length=2500),
        Control(
            "Direction",
            "How the person acts while speaking.",
            "text",
            CLIENT,
            main=True,
            means=Means("direction"),
        ),
    ] = "A person speaks naturally to the camera."
    image: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Portrait",
            "One person, face to camera, at least 300 pixels each side; JPEG, PNG or WEBP.",
            "image",
            CLIENT,
            main=True,
            wire="inputs.image",
            means=Means("portrait"),
        ),
    ]
    audio: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Voice",
            "2 seconds to 5 minutes; the video is as long. Other hosts of the model stop at 60 seconds.",
            "audio",
            CLIENT,
            main=True,
            wire="inputs.audio",
            means=Means("voice"),
        ),
    ]
    model: Annotated[
        Literal["klingai:avatar@2.0-standard", "klingai:avatar@2.0-pro"],
        Control(
            "Quality",
            "Standard makes 720p at 24 frames a second, Pro 1080p at 48 for twice the price.",
            "choice",
            SDK,
            main=True,
            choices={STANDARD: "Standard", PRO: "Pro"},
        ),
    ] = "klingai:avatar@2.0-standard"
    numberResults: NumberResults = 1
    outputFormat: OutputFormat = "MP4"
    outputQuality: OutputQuality = 95
    checkContent: CheckContent = False
    mode: CheckDepth = "none"
    includeCost: IncludeCost = True
    ttl: KeepSeconds = None
    webhookURL: WebhookUrl = None
    uploadEndpoint: UploadEndpoint = None


SPEC = ModelSpec(
    id="runware/kling-avatar-2",
    slug=STANDARD,
    name="Kling Avatar 2.0 · Runware",
    maker="Kuaishou",
    provider="runware",
    provider_name="Runware",
    page="kling-avatar-runware",
    wish="Make a portrait speak",
    title="Make a portrait speak for minutes",
    pitch="A portrait that says every word of a long recording, in standard or pro quality.",
    request=KlingAvatarRunwareRequest,
    fps=None,
    price=Price(None, PRICES, 0.044, depends_on="model", usd_per_second_by={STANDARD: 0.044, PRO: 0.087}),
    typical_seconds=(170, 520),
    resolutions=(),
    durations=(),
    needs="a portrait and a voice",
    example={"positivePrompt": "She speaks naturally to camera, with small gestures and a friendly smile."},
    links={"Documentation": "https://runware.ai/docs/models/klingai-avatar-2-0-standard"},
    voice=VoiceLimits(300.0, inclusive=True, least_seconds=2.0, most_bytes=5_000_000),
    picture=PictureLimits(sides=(300, 10_000), ratio=(0.4, 2.5), most_bytes=10_000_000),
    unknown=("the longest voice that works in practice (other hosts stop at 60 seconds)", "the size of the video"),
)
