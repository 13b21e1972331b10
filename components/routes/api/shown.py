"""Turns what the studio gives into what programs are told: no key, no signed address, no operation, no owner."""

from __future__ import annotations

from components.client import shapes
from components.library.records import Generation, Output
from components.routes.api.operations import BASE
from components.studio import Studio

FACTS = ("width", "height", "seconds", "fps", "frames", "has_audio", "codec", "label")


def generation(studio: Studio, one: Generation) -> shapes.Generation:
    """A generation with its videos."""
    return shapes.Generation(
        **{name: getattr(one, name) for name in shapes.Generation.model_fields if name != "outputs"},
        outputs=tuple(video(studio, one, output) for output in one.outputs),
    )


def video(studio: Studio, of: Generation, output: Output) -> shapes.Video:
    """One of its videos, and where it is fetched."""
    return shapes.Video(
        id=output.id,
        position=output.position,
        name=studio.outputs.name(of, output),
        media_type=output.media_type,
        size=output.size,
        sha256=output.sha256,
        facts={name: output.facts[name] for name in FACTS if name in output.facts},
        created_at=output.created_at,
        video=f"{BASE}/outputs/{output.id}/video",
    )
