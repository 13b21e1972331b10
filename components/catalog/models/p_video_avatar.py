"""P-Video Avatar by Pruna, through Runware: a portrait speaks your recording, or words that you type.

Sources, read 2026-11-25: PyPI `runware-sdk` 1.8.0 and github.com/Runware/runware-skills, skills/talking-avatar
(portrait as the one frame image; exactly one of a voice and a speech); runware.ai/models (prices); a published
client (languages, the first ten voices with their suffix, seed).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

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
    problem,
)

SKILL = "github.com/Runware/runware-skills, talking-avatar, 2026-11-25"
CLIENT = "a published client of prunaai:p-video@avatar, 2026-11-25"
PRICES = "runware.ai/models, 2026-11-25"
Voice = Literal[
    "Zephyr (Female)",
    "Puck (Male)",
    "Charon (Male)",
    "Kore (Female)",
    "Fenrir (Male)",
    "Leda (Female)",
    "Orus (Male)",
    "Aoede (Female)",
    "Callirrhoe (Female)",
    "Iapetus (Male)",
]
Language = Literal[
    "en", "en-US", "en-GB", "es", "es-ES", "fr", "fr-FR", "de", "de-DE", "it", "it-IT", "pt-BR", "ja", "ja-JP",
    "ko", "ko-KR", "hi", "hi-IN",
]  # fmt: skip


class PVideoAvatarRequest(ModelRequest):
    """What P-Video Avatar is asked for; portrait and voice hold an asset id or an https address."""

    frameImages: Annotated[
        str,
        Field(min_length=1),
        Control(
            "Portrait",
            "One person, face to camera; the video takes its shape.",
            "image",
            SKILL,
            main=True,
            wire="inputs.frameImages[]",
            means=Means("portrait"),
        ),
    ]
    audio: Annotated[
        str | None,
        Control(
            "Voice",
            "A recording; the video is as long. Leave it out and type the words instead.",
            "audio",
            SKILL,
            main=True,
            wire="inputs.audio",
            means=Means("voice"),
        ),
    ] = None
    text: Annotated[
        str | None,
        Control(
            "Words to say",
            "Spoken by a voice of the model, in place of a recording.",
            "text",
            SKILL,
            main=True,
            wire="speech.text",
            placeholder="Hello! Good to see you here.",
            means=Means("script"),
        ),
    ] = None
    voice: Annotated[
        Voice | None,
        Control("Speaker", "Which voice says the typed words.", "choice", CLIENT, main=True, wire="speech.voice"),
    ] = None
    language: Annotated[
        Language | None,
        Control("Language", "The language of the typed words.", "choice", CLIENT, wire="speech.language"),
    ] = None
    positivePrompt: Annotated[
        str | None,
        Control(
            "Direction",
            "How the person moves; only drastic wording shows.",
            "text",
            CLIENT,
            means=Means("direction"),
        ),
    ] = None
    resolution: Annotated[
        Literal["720p", "1080p"],
        Control(
            "Resolution", "1080p is sharper and dearer.", "choice", SKILL, main=True, means=Means("resolution")
        ),
    ] = "720p"
    numberResults: NumberResults = 1
    seed: Annotated[
        int | None,
        Control(
            "Seed",
            "The same seed and settings give the same take; leave it out for another.",
            "number",
            CLIENT,
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

    @model_validator(mode="after")
    def _one_of_voice_and_words(self) -> PVideoAvatarRequest:
        if self.audio and self.text:
            raise problem("text", "Give a voice or words to say, not both; remove one of them.")
        if not self.audio and not self.text:
            raise problem("audio", "Give a voice, or type the words to say.")
        if self.audio and (self.voice or self.language):
            raise problem("voice", "Speaker and language are for typed words; your recording has its own.")
        return self


SPEC = ModelSpec(
    id="runware/p-video-avatar",
    slug="prunaai:p-video@avatar",
    name="P-Video Avatar",
    maker="Pruna",
    provider="runware",
    provider_name="Runware",
    page="p-video-avatar",
    wish="Make a portrait speak",
    title="Make a portrait speak, quickly",
    pitch="A portrait that says your recording, or words that you type, for a few cents a second.",
    request=PVideoAvatarRequest,
    fps=None,
    price=Price(None, PRICES, 0.025, depends_on="resolution", usd_per_second_by={"720p": 0.025, "1080p": 0.045}),
    typical_seconds=(18, 115),
    resolutions=(),
    durations=(),
    needs="a portrait, and a voice or words to say",
    example={},
    links={"Documentation": "https://runware.ai/docs/models/prunaai-p-video-avatar"},
    voice=VoiceLimits(60.0, inclusive=True),
    picture=PictureLimits(),
    unknown=(
        "the longest voice (a published client stops at 60 seconds)",
        "which resolution Runware takes by itself",
    ),
)
