"""The parameters that all of Runware's video models share, each written once. Knows no model.

Sources, read 2026-11-20 and 2026-11-25: Runware's page of `bytedance:5@1`; PyPI `runware-sdk` 1.8.0, `task_map.py`
(the common keys of `videoInference`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from components.catalog.spec import Control, Means, problem

PAGE = "runware.ai/docs, video inference, 2026-11-20"


def https(parameter: str, title: str) -> Callable[[Any], Any]:
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


NumberResults = Annotated[
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
]
OutputFormat = Annotated[
    Literal["MP4", "WEBM", "MOV"],
    Control(
        "File format",
        "MP4 plays everywhere; WebM is for the web, MOV for editing on Apple machines.",
        "choice",
        PAGE,
        choices={"MP4": "MP4", "WEBM": "WebM", "MOV": "MOV"},
        means=Means("container"),
    ),
]
OutputQuality = Annotated[
    int,
    Field(ge=20, le=99),
    Control(
        "Quality",
        "Compression of the file: higher means a finer picture and more bytes.",
        "number",
        PAGE,
        means=Means("quality"),
    ),
]
CheckContent = Annotated[
    bool,
    Control(
        "Content check",
        "Lets Runware look for unsafe content; with nothing else chosen it checks the key frames.",
        "switch",
        PAGE,
        wire="safety.checkContent",
    ),
]
CheckDepth = Annotated[
    Literal["none", "fast", "full"],
    Control(
        "Check depth",
        "How closely the content is checked; fast and full switch the content check on.",
        "choice",
        PAGE,
        wire="safety.mode",
        choices={"none": "As the switch says", "fast": "Key frames", "full": "All frames"},
    ),
]
IncludeCost = Annotated[
    bool, Control("Tell the cost", "Runware tells what each video cost; the studio keeps it.", "switch", PAGE)
]
KeepSeconds = Annotated[
    int | None,
    Field(ge=60),
    Control(
        "Keep at Runware",
        "Seconds that Runware keeps the video, 60 or more. The studio has its own copy by then.",
        "number",
        PAGE,
        placeholder="as long as Runware likes",
    ),
]
WebhookUrl = Annotated[
    str | None,
    AfterValidator(https("webhookURL", "Webhook")),
    Control(
        "Webhook",
        "An https address that Runware calls with each finished video, beside the studio.",
        "line",
        PAGE,
        placeholder="https://example.com/hook",
    ),
]
UploadEndpoint = Annotated[
    str | None,
    AfterValidator(https("uploadEndpoint", "Upload address")),
    Control(
        "Upload address",
        "An https address that Runware also sends the finished file to, by HTTP PUT.",
        "line",
        PAGE,
        placeholder="https://example.com/put/video.mp4",
    ),
]
