"""HuMo by ByteDance, through Segmind: a person directed by text, a voice and, in mode TIA, a portrait.

Sources: Segmind's page of bytedance-humo (parameters, bounds, defaults; read 2026-11-20); the model's own
repository Phantom-video/HuMo (25 frames a second, trained on 97 frames; read 2026-11-20).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from components.catalog.spec import (
    Control,
    Means,
    ModelRequest,
    ModelSpec,
    PictureLimits,
    Preset,
    Price,
    VoiceLimits,
    problem,
)

PAGE = "segmind.com/models/bytedance-humo/api, 2026-11-20"
CLIENT = "a published client of /v1/bytedance-humo, 2026-11-20; Segmind's page leaves the name out"
FPS = 25


class HumoRequest(ModelRequest):
    """What HuMo is asked for. `image` and `audio` hold an asset id or an https address."""

    prompt: Annotated[
        str,
        Field(min_length=1, max_length=2000),
        Control(
            "Direction",
            "Who is seen, where, in what light and mood. Long, concrete descriptions work best.",
            "text",
            CLIENT,
            main=True,
            placeholder="A woman in a navy jacket speaks warmly to camera in a quiet studio, soft key light.",
            means=Means("direction"),
        ),
    ]
    image: Annotated[
        str | None,
        Control(
            "Portrait",
            "The person's looks. Needed in text + portrait + voice; HuMo redraws the scene around it.",
            "image",
            CLIENT,
            main=True,
            means=Means("portrait"),
        ),
    ] = None
    audio: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Voice",
            "Speech that drives the mouth and the gestures. HuMo hears only as much as the video is long.",
            "audio",
            CLIENT,
            main=True,
            means=Means("voice"),
        ),
    ]
    mode: Annotated[
        Literal["TA", "TIA"],
        Control(
            "Uses",
            "TA directs by text and voice alone; TIA also takes the looks from a portrait.",
            "choice",
            PAGE,
            main=True,
            choices={"TA": "Text + voice", "TIA": "Text + portrait + voice"},
        ),
    ] = "TA"
    frames: Annotated[
        int,
        Field(ge=10, le=100),
        Control(
            "Length",
            "Frames at 25 a second. HuMo was trained on 97 (3.9 s) and, by its own code, "
            "rounds down to 4n + 1: 30 gives 29.",
            "number",
            PAGE,
            main=True,
            means=Means("frames", every=4, plus=1),
        ),
    ] = 30
    scale_a: Annotated[
        float,
        Field(ge=1, le=10),
        Control(
            "Follow the voice",
            "Strength of the audio's guidance: higher means a mouth that follows the voice more closely.",
            "number",
            PAGE,
            main=True,
            step=0.1,
            means=Means("voice_guidance"),
        ),
    ] = 5.0
    scale_t: Annotated[
        float,
        Field(ge=1, le=10),
        Control(
            "Follow the text",
            "Strength of the text's guidance: higher means a picture that keeps closer to the direction.",
            "number",
            PAGE,
            main=True,
            step=0.1,
            means=Means("text_guidance"),
        ),
    ] = 5.0
    steps: Annotated[
        int,
        Field(ge=1, le=100),
        Control(
            "Steps",
            "More steps, finer picture, longer wait. 30-50 is usual.",
            "number",
            PAGE,
            means=Means("steps"),
        ),
    ] = 30
    width: Annotated[
        Literal[1280, 832],
        Control(
            "Width",
            "Pixels. 1280 goes with a height of 720, 832 with 480.",
            "choice",
            PAGE,
            means=Means("width"),
        ),
    ] = 1280
    height: Annotated[
        Literal[720, 480],
        Control(
            "Height",
            "Pixels. 720 goes with a width of 1280, 480 with 832.",
            "choice",
            PAGE,
            means=Means("height"),
        ),
    ] = 720

    @model_validator(mode="after")
    def _tia_needs_a_portrait(self) -> HumoRequest:
        if self.mode == "TIA" and not self.image:
            raise problem("image", "TIA needs a portrait image; choose one or switch to TA.")
        return self


SPEC = ModelSpec(
    id="segmind/humo",
    slug="bytedance-humo",
    name="HuMo",
    maker="ByteDance",
    provider="segmind",
    provider_name="Segmind",
    page="humo",
    wish="Direct a person",
    title="Direct a person with voice and text",
    pitch="A few seconds of one person who speaks with your voice and plays your direction.",
    request=HumoRequest,
    fps=FPS,
    price=Price(None, PAGE),
    typical_seconds=None,
    resolutions=(
        Preset("1280×720", {"width": 1280, "height": 720}, "sharper"),
        Preset("832×480", {"width": 832, "height": 480}, "quicker"),
    ),
    durations=tuple(Preset(f"{n / FPS:.1f} s", {"frames": n}, f"{n} frames") for n in (25, 49, 73, 97)),
    voice=VoiceLimits(30.0),
    picture=PictureLimits(),
    wire_names_setting="HUMO_INPUT_NAMES",
    needs="a direction, a voice, and for mode TIA a portrait",
    example={
        "prompt": "A woman in a navy jacket speaks warmly to camera in a quiet studio, "
        "soft key light, shallow depth of field.",
        "mode": "TIA",
        "frames": 97,
    },
    links={"Documentation": "https://www.segmind.com/models/bytedance-humo/api"},
    portrait_mode={"mode": "TIA"},
)
