"""What a clip shows, in no provider's words: the order that the renderer takes. Knows no API and no disk."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class Film(BaseModel, frozen=True):
    """A view filmed from words, instead of someone who speaks."""

    seed: int
    """Another seed gives another view of the same words."""
    motion: float = Field(0.5, ge=0, le=1)
    """How far the camera travels."""


class Scene(BaseModel, frozen=True):
    """One clip to render. `portrait` and `voice` are names of stored assets."""

    prompt: str = ""
    portrait: str | None = None
    voice: str | None = None
    width: int
    height: int
    frames: int
    fps: int
    mouth: float = Field(0.5, ge=0, le=1)
    """How far the mouth follows the voice."""
    mood: float = Field(0.5, ge=0, le=1)
    """How far colour and camera follow the prompt."""
    detail: float = Field(0.5, ge=0, le=1)
    """From soft and grainy to sharp and clean."""
    film: Film | None = None
    container: Literal["mp4", "webm", "mov"] = "mp4"
    """The kind of file."""
