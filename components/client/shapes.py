"""What goes over the wire of `/api/v1`, both ways; the OpenAPI document is made from it. None of it is secret."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from components.errors import ErrorInfo
from components.library.records import State


class Shape(BaseModel):
    """What a newer server adds, an older client does not read."""

    model_config = ConfigDict(frozen=True)


class Trouble(ErrorInfo):
    """A sentence that says what is wrong, and one that says what to do next."""

    problems: dict[str, str] | None = Field(None, description="By parameter, where parameters are wrong.")


class Refused(Shape):
    """Why a request was not answered."""

    error: Trouble


class Submission(BaseModel):
    """What to make."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    model: str = Field(description="Its id, as `/api/v1/models` lists it.", max_length=64)
    parameters: dict[str, JsonValue] = Field(
        description="By documented name; image and audio take an asset's id or an https address."
    )


class Video(Shape):
    """One video that came back."""

    id: str
    position: int
    name: str = Field(description="What the file is called when it is saved.")
    media_type: str
    size: int = Field(description="Bytes.")
    sha256: str
    facts: dict[str, Any] = Field(
        description="Width, height, seconds, fps, frames, has_audio, codec; whose it is."
    )
    created_at: float = Field(description="Unix seconds.")
    video: str = Field(description="Where it is fetched, with the same token.")


class Generation(Shape):
    """One submitted request and what became of it. Times are unix seconds."""

    id: str
    model: str
    state: State
    ended: bool = Field(description="Whether the studio moves it no further by itself.")
    sandbox: bool = Field(description="Whether the built-in sandbox plays the provider, for nothing.")
    parameters: dict[str, Any]
    cost: Decimal | None = Field(description="US dollars, where the provider says what it charged.")
    error: ErrorInfo | None
    tries: int
    created_at: float
    submitted_at: float | None
    finished_at: float | None
    next_try_at: float | None
    outputs: tuple[Video, ...]


class Generations(Shape):
    """A page of them, the newest first."""

    generations: tuple[Generation, ...]
