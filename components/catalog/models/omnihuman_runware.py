"""OmniHuman-1 by ByteDance, through Runware (`bytedance:5@1`): a portrait speaks, in one to four takes.

Sources, read 2026-11-20: Runware's page of the model (parameters, bounds, defaults; limits of the portrait and
the voice); runware.ai/docs on tasks; a published price comparison ($2.904 for 30 s, so $0.0968 a second).
"""

from __future__ import annotations

from typing import Annotated

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
from components.catalog.spec import (
    Control,
    Means,
    ModelRequest,
    ModelSpec,
    PictureLimits,
    Price,
    VoiceLimits,
)

PAGE = "runware.ai/docs, OmniHuman-1 (bytedance:5@1), 2026-11-20"
PRICED = "inferred from a published comparison ($2.904 for 30 s), 2026-11-20; the true cost comes with the video"


class OmniHumanRunwareRequest(ModelRequest):
    """What OmniHuman-1 is asked for at Runware; portrait and voice hold an asset id or an https address."""

    referenceImages: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Portrait",
            "One person, face to camera, 300 to 6000 pixels each side; the video takes its shape.",
            "image",
            PAGE,
            main=True,
            wire="inputs.referenceImages[]",
            means=Means("portrait"),
        ),
    ]
    audio: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Voice",
            "Speech under 30 seconds, best up to 15; the video is as long.",
            "audio",
            PAGE,
            main=True,
            wire="inputs.audio",
            means=Means("voice"),
        ),
    ]
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
    id="runware/omnihuman-1",
    slug="bytedance:5@1",
    name="OmniHuman-1 · Runware",
    maker="ByteDance",
    provider="runware",
    provider_name="Runware",
    page="omnihuman-runware",
    wish="Make a portrait speak",
    title="Make a portrait speak",
    pitch="A portrait that says every word of your recording, in up to four takes to choose from.",
    request=OmniHumanRunwareRequest,
    fps=None,
    price=Price(None, PRICED, usd_per_second=0.097),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    voice=VoiceLimits(30.0),
    picture=PictureLimits(sides=(300, 6000), most_bytes=10_000_000),
    needs="a portrait and a voice",
    example={},
    links={"Documentation": "https://runware.ai/docs/video-inference/introduction"},
)
