"""OmniHuman-1 by ByteDance, through Runware (`bytedance:5@1`): a portrait speaks, in one to four takes.

Sources, read 2026-11-20: Runware's page of the model (parameters, bounds, defaults; limits of the portrait and
the voice); runware.ai/docs on tasks; a published price comparison ($2.904 for 30 s, so $0.0968 a second).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from components.catalog.spec import (
    Control,
    Means,
    ModelRequest,
    ModelSpec,
    PictureLimits,
    Price,
    VoiceLimits,
    problem,
)

PAGE = "runware.ai/docs, OmniHuman-1 (bytedance:5@1), 2026-11-20"
PRICED = "inferred from a published comparison ($2.904 for 30 s), 2026-11-20; the true cost comes with the video"


def _https(parameter: str, title: str) -> Callable[[Any], Any]:
    """A rule for one address; its message is a sentence."""

    def check(value: str | None) -> str | None:
        if value is None or _is_https(value):
            return value
        raise problem(parameter, f"{title} ({parameter}) must be a web address that begins with https://.")

    return check


def _is_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(letter.isspace() for letter in value)


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
    numberResults: Annotated[
        int,
        Field(ge=1, le=4),
        Control(
            "Takes",
            "How many videos of the same request; each one is charged.",
            "number",
            PAGE,
            main=True,
            means=Means("takes"),
        ),
    ] = 1
    outputFormat: Annotated[
        Literal["MP4", "WEBM", "MOV"],
        Control(
            "File format",
            "MP4 plays everywhere; WebM is for the web, MOV for editing on Apple machines.",
            "choice",
            PAGE,
            choices={"MP4": "MP4", "WEBM": "WebM", "MOV": "MOV"},
            means=Means("container"),
        ),
    ] = "MP4"
    outputQuality: Annotated[
        int,
        Field(ge=20, le=99),
        Control(
            "Quality", "Compression of the file: higher means a finer picture and more bytes.", "number", PAGE
        ),
    ] = 95
    checkContent: Annotated[
        bool,
        Control(
            "Content check",
            "Lets Runware look for unsafe content; with nothing else chosen it checks the key frames.",
            "switch",
            PAGE,
            wire="safety.checkContent",
        ),
    ] = False
    mode: Annotated[
        Literal["none", "fast", "full"],
        Control(
            "Check depth",
            "How closely the content is checked; fast and full switch the content check on.",
            "choice",
            PAGE,
            wire="safety.mode",
            choices={"none": "As the switch says", "fast": "Key frames", "full": "All frames"},
        ),
    ] = "none"
    includeCost: Annotated[
        bool,
        Control("Tell the cost", "Runware tells what each video cost; the studio keeps it.", "switch", PAGE),
    ] = True
    ttl: Annotated[
        int | None,
        Field(ge=60),
        Control(
            "Keep at Runware",
            "Seconds that Runware keeps the video, 60 or more. The studio has its own copy by then.",
            "number",
            PAGE,
            placeholder="as long as Runware likes",
        ),
    ] = None
    webhookURL: Annotated[
        str | None,
        AfterValidator(_https("webhookURL", "Webhook")),
        Control(
            "Webhook",
            "An https address that Runware calls with each finished video, beside the studio.",
            "line",
            PAGE,
            placeholder="https://example.com/hook",
        ),
    ] = None
    uploadEndpoint: Annotated[
        str | None,
        AfterValidator(_https("uploadEndpoint", "Upload address")),
        Control(
            "Upload address",
            "An https address that Runware also sends the finished file to, by HTTP PUT.",
            "line",
            PAGE,
            placeholder="https://example.com/put/video.mp4",
        ),
    ] = None


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
