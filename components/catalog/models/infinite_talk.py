"""InfiniteTalk by MeiGen, through Segmind: a picture or a scene speaks with your voice.

Sources: segmind.com/models/infinite-talk/api (parameters, advice of 5 to 15 seconds), its pricing page ($0.0043 a
GPU second), a published client's run of v2 (2026-07-14); all read 2026-11-25.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, PictureLimits, Price, VoiceLimits

PAGE = "segmind.com/models/infinite-talk/api, 2026-11-25"
CLIENT = "published clients of infinite-talk, 2026-11-25; Segmind's page shows one value only"


class InfiniteTalkRequest(ModelRequest):
    """What InfiniteTalk is asked for; portrait and voice hold an asset id or an https address."""

    prompt: Annotated[
        str | None,
        Control(
            "Direction",
            "What is seen and how the person acts.",
            "text",
            PAGE,
            main=True,
            placeholder="A woman talks to camera in a bright kitchen.",
            means=Means("direction"),
        ),
    ] = None
    image: Annotated[
        str,
        Field(min_length=1),
        Control("Portrait", "A picture of the person.", "image", PAGE, main=True, means=Means("portrait")),
    ]
    audio: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Voice",
            "Speech, best 5 to 15 seconds; the video is as long.",
            "audio",
            PAGE,
            main=True,
            means=Means("voice"),
        ),
    ]
    resolution: Annotated[
        Literal["480p", "720p"],
        Control(
            "Resolution",
            "720p is sharper and takes longer.",
            "choice",
            CLIENT,
            main=True,
            means=Means("resolution"),
        ),
    ] = "480p"
    fps: Annotated[
        int,
        Field(ge=16, le=25),
        Control("Frames a second", "25 is smooth; 16 is quicker to make.", "number", CLIENT),
    ] = 25
    seed: Annotated[
        int,
        Control(
            "Seed",
            "The same seed and settings give the same take; change it for another.",
            "number",
            PAGE,
            means=Means("seed"),
        ),
    ] = 42424242


SPEC = ModelSpec(
    id="segmind/infinite-talk",
    slug="infinite-talk",
    name="InfiniteTalk",
    maker="MeiGen",
    provider="segmind",
    provider_name="Segmind",
    page="infinite-talk",
    wish="Make a portrait speak",
    title="Make a picture speak",
    pitch="A picture that says every word of your recording, and follows a line of direction.",
    request=InfiniteTalkRequest,
    fps=None,
    price=Price(1.22, "inferred: $0.0043 a GPU second times about 283 s, segmind.com, 2026-11-25"),
    typical_seconds=(283, 283),
    resolutions=(),
    durations=(),
    needs="a portrait and a voice",
    example={"prompt": "A woman talks warmly to camera in a bright room."},
    links={"Documentation": "https://www.segmind.com/models/infinite-talk/api"},
    voice=VoiceLimits(90.0, inclusive=True, least_seconds=1.0),
    picture=PictureLimits(),
    unknown=(
        "the longest voice (published clients go up to 90 seconds)",
        "the choices of resolution and frames a second",
        "the price of one video (it goes by computing time)",
    ),
)
