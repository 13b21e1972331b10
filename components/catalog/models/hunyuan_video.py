"""Hunyuan Video by Tencent, through Segmind: a scene filmed from words.

Sources: Segmind's page of hunyuan-video (parameters, bounds, defaults, average price and time; read
2026-11-20); the model's own repository Tencent-Hunyuan/HunyuanVideo (24 frames a second, lengths of 4k + 1,
sizes in steps of 16, buckets; read 2026-11-20).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from components.catalog.spec import Control, Means, ModelRequest, ModelSpec, Preset, Price

PAGE = "segmind.com/models/hunyuan-video/api, 2026-11-20"
FPS = 24
BUCKETS = (
    ("854×480", 854, 480, "default"),
    ("960×544", 960, 544, "wide"),
    ("544×960", 544, 960, "tall"),
    ("832×624", 832, 624, "4:3"),
    ("624×832", 624, 832, "3:4"),
    ("720×720", 720, 720, "square"),
    ("1280×720", 1280, 720, "wide, finer"),
    ("720×1280", 720, 1280, "tall, finer"),
    ("1104×832", 1104, 832, "4:3, finer"),
    ("832×1104", 832, 1104, "3:4, finer"),
    ("960×960", 960, 960, "square, finer"),
)


class HunyuanVideoRequest(ModelRequest):
    """What Hunyuan Video is asked for; words only."""

    prompt: Annotated[
        str,
        Field(min_length=1, max_length=2000),
        Control(
            "Scene",
            "What is seen and what happens: subject, action, place, light, camera.",
            "text",
            PAGE,
            main=True,
            means=Means("direction"),
        ),
    ] = "A cat walks on the grass, realistic style."
    negative_prompt: Annotated[
        str,
        Field(max_length=2000),
        Control(
            "Avoid",
            "What should not be seen. At the model's own default guidance it has little or no effect.",
            "text",
            PAGE,
            means=Means("avoid"),
        ),
    ] = "Aerial view, overexposed, low quality, deformation"
    video_length: Annotated[
        int,
        Field(ge=1, le=129),
        Control(
            "Length",
            "Frames at 24 a second. The model makes 4k + 1 of them: 5, 9 … 77, 129.",
            "number",
            PAGE,
            main=True,
            means=Means("frames", every=4, plus=1),
        ),
    ] = 77
    width: Annotated[
        int,
        Field(ge=1, le=1280),
        Control(
            "Width",
            "Pixels; the model rounds up to steps of 16, so 854 becomes 864.",
            "number",
            PAGE,
            means=Means("width", every=16),
        ),
    ] = 854
    height: Annotated[
        int,
        Field(ge=1, le=1280),
        Control(
            "Height",
            "Pixels; the model rounds up to steps of 16.",
            "number",
            PAGE,
            means=Means("height", every=16),
        ),
    ] = 480
    infer_steps: Annotated[
        int,
        Field(ge=1, le=70),
        Control(
            "Steps",
            "More steps, finer picture, longer wait. 40-50 is usual.",
            "number",
            PAGE,
            main=True,
            means=Means("steps"),
        ),
    ] = 40
    flow_shift: Annotated[
        float,
        Field(ge=1, le=15),
        Control(
            "Motion shift",
            "How the steps are spread: higher favours composition and motion over fine detail.",
            "number",
            PAGE,
            step=0.1,
            means=Means("motion"),
        ),
    ] = 7.0
    embedded_guidance_scale: Annotated[
        int,
        Field(ge=1, le=10),
        Control(
            "Follow the text",
            "Higher keeps closer to the words, whole numbers only.",
            "number",
            PAGE,
            main=True,
            means=Means("text_guidance"),
        ),
    ] = 6
    seed: Annotated[
        int,
        Control(
            "Seed",
            "The same seed and settings give the same take; change it for another.",
            "number",
            PAGE,
            means=Means("seed"),
        ),
    ] = 96501778


SPEC = ModelSpec(
    id="segmind/hunyuan-video",
    slug="hunyuan-video",
    name="Hunyuan Video",
    maker="Tencent",
    provider="segmind",
    provider_name="Segmind",
    page="hunyuan-video",
    wish="Film a scene",
    title="Film a scene from words",
    pitch="Up to five seconds of a scene that you describe: people, animals, places, camera moves.",
    request=HunyuanVideoRequest,
    fps=FPS,
    price=Price(1.464, "Segmind's average of past calls, segmind.com/models/hunyuan-video, 2026-11-20"),
    typical_seconds=(211, 211),
    resolutions=tuple(Preset(label, {"width": w, "height": h}, note) for label, w, h, note in BUCKETS),
    durations=tuple(Preset(f"{n / FPS:.1f} s", {"video_length": n}, f"{n} frames") for n in (25, 49, 77, 97, 129)),
    needs="a few words",
    example={
        "prompt": "A young woman in a yellow raincoat laughs and turns to the camera on a rainy neon street at "
        "night, reflections on wet asphalt, shallow depth of field, slow dolly in, realistic style.",
        "video_length": 77,
    },
    links={"Documentation": "https://www.segmind.com/models/hunyuan-video/api"},
)
