"""What an assistant is told: the studio's own shapes, cut to what it can act on, with whole addresses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from components.client import shapes
from components.mcp.pages import Pages

SENTENCES = {
    "queued": "It waits for its turn. Call wait again.",
    "submitting": "It is being sent. Call wait again.",
    "running": "The provider is making it. Call wait again.",
    "saving": "It is made and is being saved. Call wait again.",
    "done": "It is ready.",
    "failed": "It failed.",
    "cancelled": "It was cancelled before it was sent, so it cost nothing.",
    "uncertain": "Nobody knows yet whether it was made.",
}
"""By state; where the studio says more of a trouble, that stands before it."""
CAREFUL = "Do not send it again by yourself: that could pay twice. A person decides on the studio's Activity page."


class ListedModel(shapes.Shape):
    """What a model is for, costs and takes, without its parameters."""

    id: str
    name: str
    wish: str = Field(description="What a person wants who takes it.")
    maker: str
    provider: str
    pitch: str
    side: Literal["live", "sandbox", "off"] = Field(
        description="live: a video costs money; sandbox: a free stand-in makes a test clip; off: none can be made."
    )
    price: shapes.Price
    typical_seconds: tuple[int, int] | None = Field(description="How long making a video usually takes.")
    voice: shapes.VoiceLimits | None = Field(description="What a voice must be; null where it takes none.")
    picture: shapes.PictureLimits | None = Field(description="What a picture must be; null where it takes none.")
    required: tuple[str, ...] = Field(description="Parameters without which nothing is made.")


class ListedModels(shapes.Shape):
    """All of them, by what a person wants."""

    models: tuple[ListedModel, ...]


class MadeVideo(shapes.Shape):
    """A video that came back."""

    output_id: str
    name: str
    facts: dict[str, Any] = Field(description="Width, height, seconds, fps, frames, has_audio, codec.")
    page: str = Field(description="Where a person watches it.")
    file: str = Field(description="Where a program fetches it, with the same token.")


class Progress(shapes.Shape):
    """What has become of a generation."""

    generation_id: str
    model: str
    state: str
    ended: bool = Field(description="Whether the studio moves it no further by itself.")
    sentence: str = Field(description="What to tell the person, and what to do next.")
    sandbox: bool = Field(description="Whether the free sandbox plays the provider.")
    cost: Decimal | None = Field(description="US dollars, where the provider says what it charged.")
    videos: tuple[MadeVideo, ...]


class CompareLink(shapes.Shape):
    """Where a person compares videos."""

    address: str


def listed(model: shapes.Model) -> ListedModel:
    """A model without its parameters."""
    same = {name: getattr(model, name) for name in ListedModel.model_fields if name != "required"}
    return ListedModel(**same, required=tuple(one.name for one in model.parameters if one.required))


def progress(one: shapes.Generation, pages: Pages) -> Progress:
    """What has become of a generation, in a sentence."""
    trouble = f"{one.error.message} {one.error.hint}".strip() if one.error else ""
    said = [trouble, "" if trouble and one.ended else SENTENCES[one.state]]
    return Progress(
        generation_id=one.id,
        model=one.model,
        state=one.state,
        ended=one.ended,
        sentence=" ".join(filter(None, [*said, CAREFUL if one.state == "uncertain" else ""])),
        sandbox=one.sandbox,
        cost=one.cost,
        videos=tuple(
            MadeVideo(
                output_id=video.id,
                name=video.name,
                facts=video.facts,
                page=pages.output(video.id),
                file=pages.at(video.video),
            )
            for video in one.outputs
        ),
    )
