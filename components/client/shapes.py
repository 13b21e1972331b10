"""What goes over the wire of `/api/v1`, both ways; the OpenAPI document is made from it. None of it is secret."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

from components.catalog.spec import Kind, Role, Wish
from components.errors import ErrorInfo
from components.library.records import PersonRole, State

MOST_LISTED = 100
"""Generations that one answer holds."""
Basis = Literal["sandbox", "estimate", "longest", "unknown"]
"""What a price is known from."""


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

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(description="Its id, as `/api/v1/models` lists it.", max_length=64)
    parameters: dict[str, JsonValue] = Field(
        description="By documented name; image and audio take an asset's id or an https address."
    )
    most_dollars: Decimal | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="US dollars that it may cost; refused where the model's price says more, or there is none.",
    )

    @field_validator("parameters")
    @classmethod
    def _writable(cls, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Python reads NaN and Infinity, which no JSON has and no database takes."""
        json.dumps(value, allow_nan=False)
        return value


class Draft(BaseModel):
    """What might be made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(description="Its id, as `/api/v1/models` lists it.", max_length=64)
    parameters: dict[str, JsonValue] = Field(description="As a submission has them.")


class Page(BaseModel):
    """Which generations."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(None, description="Of this model only.", max_length=64)
    limit: int = Field(20, ge=1, le=MOST_LISTED)
    offset: int = Field(0, ge=0, le=1_000_000)


class Patience(BaseModel):
    """How long an answer may take."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    wait: float = Field(0, ge=0, le=60, description="Seconds to wait for the generation to end.")


class File(BaseModel):
    """What a file is given as."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("upload", description="What it is called.", max_length=255)
    kind: Literal["image", "audio"] | None = Field(None, description="Without it the content decides.")
    model: str | None = Field(None, description="The model whose limits it must keep.", max_length=64)


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


class Plan(Shape):
    """What sending a request would mean at this moment."""

    model: str
    side: Literal["live", "sandbox", "off"] = Field(description="Where it would be made.")
    parameters: dict[str, Any] = Field(description="What would be sent: checked, with the model's defaults.")
    dollars: Decimal | None = Field(
        description="US dollars that it is expected to cost: nothing in the sandbox; null where nobody can say."
    )
    basis: Basis = Field(
        description="The model's own price (estimate); the same for the longest voice that it takes, where this "
        "one's length is not known; unknown where the provider publishes no price."
    )
    hindrance: ErrorInfo | None = Field(description="Why it would not go through.")


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


class Asset(Shape):
    """A file that was given, checked and ready to be sent."""

    id: str
    kind: Literal["image", "audio"]
    name: str
    media_type: str
    size: int = Field(description="Bytes.")
    facts: dict[str, Any] = Field(description="Image: width, height, notes, face_found. Sound: seconds.")
    created_at: float


class Parameter(Shape):
    """One parameter of a model."""

    name: str = Field(description="As it is documented, and as a submission names it.")
    title: str
    help: str
    kind: Kind
    required: bool
    default: JsonValue = None
    least: float | None = None
    most: float | None = None
    choices: tuple[JsonValue, ...] = ()
    role: Role | None = Field(None, description="What it stands for, whatever a model calls it.")
    address_only: bool = Field(False, description="Whether it takes an https address only, no asset.")


class VoiceLimits(Shape):
    """What a voice must be."""

    least_seconds: float
    most_seconds: float
    inclusive: bool = Field(description="Whether exactly that length is still taken.")
    most_bytes: int | None
    formats: tuple[str, ...] = Field(description="Media types that the provider reads; empty where any.")


class PictureLimits(Shape):
    """What a picture must be."""

    sides: tuple[int, int] | None = Field(description="Fewest and most pixels of each side.")
    ratio: tuple[float, float] | None = Field(description="Least and most width divided by height.")
    most_bytes: int | None
    formats: tuple[str, ...]


class Price(Shape):
    """What a video costs, in US dollars, as far as its provider says."""

    words: str
    usd: float | None
    usd_per_second: float | None
    depends_on: str = Field(description="The parameter that the price by the second goes by.")
    usd_per_second_by: dict[str, float]


class Model(Shape):
    """What a model is, takes and costs."""

    id: str
    name: str
    maker: str
    provider: str
    wish: Wish = Field(description="What a person wants who takes it.")
    title: str
    pitch: str
    side: Literal["live", "sandbox", "off"] = Field(description="Where the next video of it would be made.")
    price: Price
    typical_seconds: tuple[int, int] | None
    voice: VoiceLimits | None
    picture: PictureLimits | None
    parameters: tuple[Parameter, ...]
    example: dict[str, Any]
    unknown: tuple[str, ...] = Field(description="What the provider does not document.")


class Models(Shape):
    """All of them, by what a person wants."""

    models: tuple[Model, ...]


class Limit(Shape):
    """One limit in US dollars."""

    period: Literal["today", "this month"]
    most: Decimal
    left: Decimal = Field(description="Less than nothing where more was charged than had been expected.")
    again: datetime = Field(description="When nothing counts under it any more.")


class Ceiling(Shape):
    """What a ceiling leaves now."""

    whose: Literal["team", "own", "token"]
    dollars: tuple[Limit, ...]
    in_flight: int | None = Field(description="How many generations may be under way at once.")
    under_way: int


class Account(Shape):
    """Who asks, and what that leaves them."""

    person: str
    role: PersonRole
    token: str = Field(description="What the token is called.")
    expires_at: float | None
    ceilings: tuple[Ceiling, ...] = Field(description="All that hold for what is sent with this token.")
