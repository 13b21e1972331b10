"""Plain records that everybody may know: assets, generations, outputs, cards, and the gallery's filters.

The only module of the library that pages and routes import.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from components.errors import ErrorInfo, InvalidVideo, ServerFailed

State = Literal["queued", "submitting", "running", "saving", "done", "failed", "cancelled", "uncertain"]

PersonRole = Literal["admin", "member", "viewer", "out"]
"""What somebody who signs in may do; `out` is nothing, whatever the settings say of their domain."""
LONGEST_EMAIL = 128
Webhook = Literal["expected", "called", "heard"]
"""Of a provider that was asked to call: it has not yet; it has, and a check is due; it has, and was checked."""

ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled", "uncertain"})
"""States from which the engine moves nothing by itself."""


NOT_MADE = "not_made"
"""The code of an error that a person found: nothing was made, so nothing was charged."""
MAYBE_CHARGED = (ServerFailed.code, InvalidVideo.code)
"""Failures after which the provider may have taken money, whatever it says."""


class Record(BaseModel):
    """A row, as read; times are unix seconds."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Asset(Record):
    """A file that the user gave, checked and ready to be sent."""

    id: str
    kind: Literal["image", "audio"]
    name: str
    media_type: str
    key: str
    size: int
    sha256: str
    facts: dict[str, Any]
    """Image: width, height, notes, face, face_found. Audio: seconds, lead_silence, peak_dbfs, bars."""
    created_at: float


SILENT, SILENT_AFTER = "silent", 3600.0
"""The code of the note that says that a provider gives nothing but trouble, and after how many seconds of it."""


MOST_DOLLARS, MOST_IN_FLIGHT = 1_000_000, 10_000
"""The highest ceilings that can be set."""


class Output(Record):
    """One video that came back; `facts` has width, height, seconds, fps, frames, has_audio, codec."""

    id: str
    generation_id: str
    position: int
    media_type: str
    key: str
    poster_key: str | None
    size: int
    sha256: str
    facts: dict[str, Any]
    created_at: float
    seconds: float = 0.0
    favourite: bool = False
    rating: int | None = None
    """1 to 5 stars."""
    note: str = ""
    tags: tuple[str, ...] = ()
    deleted_at: float | None = None
    """When it was put into the bin."""
    examined: dict[str, Any] | None = Field(default=None, repr=False)
    """What `media.examine` measured, once somebody looked."""


class Generation(Record):
    """One submitted request and what became of it; `operation` lets any process ask the provider again."""

    id: str
    owner: str
    model: str
    state: State
    sandbox: bool
    parameters: dict[str, Any]
    operation: dict[str, Any] | None = Field(default=None, repr=False)
    cost_micros: int | None = Field(default=None, repr=False)
    error: ErrorInfo | None
    tries: int
    """How often the provider turned the request away unstarted (busy, unreachable) and was tried again."""
    created_at: float
    submitted_at: float | None
    finished_at: float | None
    shared: bool = False
    """Whether the team may look at it."""
    changed_at: float = 0.0
    """When its state, its note or its outputs last changed."""
    deleted_at: float | None = None
    next_try_at: float | None = None
    """When the studio sends it again by itself, while it waits for that."""
    turn_at: float | None = None
    """When it was its turn, at a provider that takes only so many."""
    troubled_since: float | None = None
    """Since when the provider gave nothing but trouble: turned away unstarted, or no answer to a question."""
    missing_since: float | None = None
    """Since when the provider says that it does not know the generation."""
    settled_at: float | None = None
    """When a person closed what nobody could prove."""
    follows: str | None = None
    """The generation in whose place a person sent this one."""
    webhook: Webhook | None = None
    """Where the provider was asked to call when there is something to fetch; never the address."""
    own_key: bool = False
    """Whether it goes to an account of its owner's own."""
    outputs: tuple[Output, ...] = ()

    @property
    def cost(self) -> Decimal | None:
        """US dollars, where the provider says what it charged."""
        return None if self.cost_micros is None else Decimal(self.cost_micros) / 1_000_000

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def doubtful(self) -> bool:
        """Whether nobody can prove what became of it, or what it cost, and no person has closed it."""
        code = self.error.code if self.error else ""
        doubt = self.state == "uncertain" or (self.state == "failed" and code in MAYBE_CHARGED)
        return doubt and self.settled_at is None


class Ceiling(BaseModel):
    """What an owner may spend at providers and have under way there; None is no limit."""

    model_config = ConfigDict(frozen=True)

    day: Decimal | None = Field(None, ge=0, le=MOST_DOLLARS)
    """US dollars."""
    month: Decimal | None = Field(None, ge=0, le=MOST_DOLLARS)
    in_flight: int | None = Field(None, ge=1, le=MOST_IN_FLIGHT)
    """Generations that have not ended, the waiting ones too."""
    zone: str = Field("UTC", max_length=64)
    """Where its days begin, e.g. `Europe/Berlin`."""


class Entry(Record):
    """One card of the gallery: a video with the request that it is of, or a generation without one (yet)."""

    generation: Generation
    """Without its outputs."""
    output: Output | None

    @property
    def id(self) -> str:
        return self.output.id if self.output else self.generation.id


class Change(Record):
    """A generation that changed, for pages that watch."""

    id: str
    owner: str
    model: str
    state: State
    changed_at: float


class Kept(Record):
    """How much of something is kept."""

    count: int
    bytes: int
    model: str = ""
    month: str = ""
    """In UTC, e.g. `2026-11`."""


class Room(Record):
    """How much room an owner's files take."""

    videos: Kept
    bin: Kept
    """Those of them that are in the bin."""
    files: Kept
    """What was given: pictures and voices."""


class SignedIn(Record):
    """A person with a sign-in that has not ended."""

    person: str
    browsers: int
    at: float
    """When the newest of them began."""


LONGEST_TOKEN_NAME = 80


class Token(Record):
    """With what a program comes in for a person; what it says itself is kept nowhere."""

    id: str
    owner: str
    name: str
    role: PersonRole
    """The most that it may do; never more than its owner."""
    created_at: float
    last_used_at: float | None = None
    """Within a minute."""
    expires_at: float | None = None
    revoked_at: float | None = None


NoticeEvent = Literal["done", "failed", "uncertain", "ceiling"]
"""What a person can be told of elsewhere: an end of a generation, or that a ceiling stopped one."""
NoticeTrouble = Literal["private", "failed", "sealed"]
"""Why a notice was not delivered: its host is within a network, it did not take it, or the secret has changed."""


class NoticeAddress(Record):
    """Where somebody is told of what has ended, without the address itself."""

    kind: str
    """E.g. `ntfy`."""
    events: tuple[NoticeEvent, ...]
    words: bool
    """Whether a notice may hold the prompt and a link."""
    told_at: float | None = None
    """When the last notice was delivered."""
    failed_at: float | None = None
    """When the last one was not; None once one is delivered."""
    trouble: NoticeTrouble | None = None
    lost: bool = False
    """Whether it cannot be read any more, because the studio's secret has changed."""


class Audited(Record):
    """What somebody did."""

    id: int
    at: float
    person: str
    action: str
    about: str


Space = Literal["mine", "team", "all"]
"""A person's own, what anybody shares with the team, and everybody's, which admins see."""
Sort = Literal["newest", "oldest", "rating", "longest", "cost"]
LONGEST_TAG, LONGEST_NOTE, MOST_TAGS = 40, 4000, 20


class View(BaseModel):
    """Which cards, in which order; the default is all that are not in the bin, newest first."""

    model_config = ConfigDict(frozen=True)

    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    """done, failed, uncertain, cancelled, and running for all that are under way."""
    rating: int = 0
    """At least so many stars."""
    favourite: bool = False
    tags: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    """Both days included."""
    zone: ZoneInfo | None = None
    """Where those days are counted; None is where the server stands."""
    text: str = ""
    """Words of the prompt, or of the name that a personalised video is for."""
    space: Space = "mine"
    sort: Sort = "newest"
    deleted: bool = False
    """The bin."""
