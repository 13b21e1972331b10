"""OmniHuman-1.5 by ByteDance, through Runware (`bytedance:5@2`): a portrait speaks, and takes direction.

Sources, read 2026-11-25: PyPI `runware-sdk` 1.8.0, `task_map.py` (inputs, prompt, seed) and Runware's own
ComfyUI node (`fastMode`); runware.ai/models (10 s = $1.3247). Limits of portrait and voice are those that Runware
documents for OmniHuman-1; for 1.5 only third parties repeat them.
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
from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, PictureLimits, Price, VoiceLimits

SDK = "PyPI runware-sdk 1.8.0, task_map.py, 2026-11-25"
NODE = "github.com/Runware/ComfyUI-Runware, bytedanceProviderSettings.py, 2026-11-25"


class OmniHuman15RunwareRequest(ModelRequest):
    """What OmniHuman-1.5 is asked for at Runware; portrait and voice hold an asset id or an https address."""

    positivePrompt: Annotated[
        str | None,
        Control(
            "Direction",
            "How the person moves and feels: English, Chinese, Japanese, Korean, Spanish or Indonesian.",
            "text",
            SDK,
            main=True,
            placeholder="She smiles, turns to the window, then speaks calmly to camera.",
            means=Means("direction"),
        ),
    ] = None
    image: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Portrait",
            "One person, face to camera; the video takes its shape.",
            "image",
            SDK,
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
            "Speech under 30 seconds, best up to 15; the video is as long.",
            "audio",
            SDK,
            main=True,
            wire="inputs.audio",
            means=Means("voice"),
        ),
    ]
    fastMode: Annotated[
        bool,
        Control(
            "Faster",
            "Made in about three quarters of the time, with less fine motion.",
            "switch",
            NODE,
            main=True,
            wire="providerSettings.bytedance.fastMode",
        ),
    ] = False
    numberResults: NumberResults = 1
    seed: Annotated[
        int | None,
        Control(
            "Seed",
            "The same seed and settings give the same take; leave it out for another.",
            "number",
            SDK,
            placeholder="any",
            means=Means("seed"),
        ),
    ] = None
    outputFormat: OutputFormat = "MP4"
    outputQuality: OutputQuality = 95
    checkContent: CheckContent = False
    mode: CheckDepth = "none"
    includeCost: IncludeCost = True
    ttl: KeepSeconds = None
    webhookURL: WebhookUrl = None
    uploadEndpoint: UploadEndpoint = None


SPEC = ModelSpec(
    id="runware/omnihuman-1.5",
    slug="bytedance:5@2",
    name="OmniHuman-1.5 · Runware",
    maker="ByteDance",
    provider="runware",
    provider_name="Runware",
    page="omnihuman-1-5-runware",
    wish="Make a portrait speak",
    title="Make a portrait speak, and direct it",
    pitch="A portrait that says every word of your recording and plays what you ask for, in up to four takes.",
    request=OmniHuman15RunwareRequest,
    fps=None,
    price=Price(None, "runware.ai/models (10 s = $1.3247), 2026-11-25", usd_per_second=0.13247),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    needs="a portrait and a voice",
    example={"positivePrompt": "She smiles, leans forward a little and speaks warmly to camera."},
    links={"Documentation": "https://runware.ai/docs/models/bytedance-omnihuman-1-5"},
    voice=VoiceLimits(30.0),
    picture=PictureLimits(sides=(300, 6000), most_bytes=10_000_000),
    unknown=(
        "the limits of portrait and voice (those of OmniHuman-1 are kept to)",
        "the size of the video",
        "the usual time",
    ),
)
