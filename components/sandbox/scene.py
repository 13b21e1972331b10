"""What a clip shows, in no provider's words: the order that the renderer takes. Knows no API and no disk."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Container = Literal["mp4", "webm", "mov"]


class Film(BaseModel, frozen=True):
    """A view filmed from words, instead of someone who speaks; the scene's seed gives another view of them."""

    motion: float = Field(0.5, ge=0, le=1)
    """How far the camera travels."""


class Scene(BaseModel, frozen=True):
    """One clip to render. `portrait` and `voice` are names of stored assets."""

    prompt: str = ""
    portrait: str | None = None
    voice: str | None = None
    caption: str = ""
    """Words that a portrait says in a voice that is not their own."""
    notes: tuple[str, ...] = ()
    """What the viewer should know of the clip, in a few words each."""
    width: int
    height: int
    frames: int
    fps: int
    seed: int | None = None
    """Another seed gives another take."""
    mouth: float = Field(0.5, ge=0, le=1)
    """How far the mouth follows the voice."""
    mood: float = Field(0.5, ge=0, le=1)
    """How far colour and camera follow the prompt."""
    detail: float = Field(0.5, ge=0, le=1)
    """From soft and grainy to sharp and clean."""
    film: Film | None = None
    container: Container = "mp4"
    """The kind of file."""

    @property
    def seconds(self) -> float:
        return self.frames / self.fps
