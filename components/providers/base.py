"""What every provider can be asked, and the plain data that goes in and comes out.

A provider translates; the engine waits. `prepare` does all that is free (uploads, body), `start` sends the
one paid request, `check` asks what became of it. Why preparing stands apart: docs/decisions/002.
"""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from components.catalog.spec import ModelSpec
from components.errors import ProviderError
from components.providers.http import Http
from components.settings import Settings

JSON = dict[str, Any]
Operation = JSON
"""What a later process needs in order to ask about a submitted generation; never a key, never an address."""


@dataclass(frozen=True)
class Body:
    """A request ready to be sent, in the provider's own words. It may hold addresses: never stored."""

    slug: str
    json: JSON = field(repr=False)


@dataclass(frozen=True)
class Result:
    """One video: its bytes where the answer carried them, else the address that it lies at."""

    url: str | None = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Started:
    """The provider took it; `operation` is what to ask it by."""

    operation: Operation


@dataclass(frozen=True)
class Running:
    """On its way; `word` is the provider's status word, for people who look closely."""

    word: str = ""


@dataclass(frozen=True)
class Done:
    """The videos, and what they cost in US dollars where the provider says so."""

    results: tuple[Result, ...]
    cost: Decimal | None = None
    reference: str | None = None
    """The provider's own id of the generation, for its support."""


@dataclass(frozen=True)
class Failed:
    """It ran at the provider and came to nothing."""

    error: ProviderError


@dataclass(frozen=True)
class Account:
    """What the provider says of the key's account; `balance` is in US dollars."""

    balance: Decimal | None


@dataclass(frozen=True)
class InputFile:
    """An asset on its way to a provider: as bytes, as base64, as a data URI, or as an address."""

    data: bytes = field(repr=False)
    media_type: str

    def base64(self) -> str:
        return base64.b64encode(self.data).decode("ascii")

    def data_uri(self) -> str:
        return f"data:{self.media_type};base64,{self.base64()}"


Input = InputFile | str
"""A file of the studio, or an https address that the user gave."""


class Provider(ABC):
    """One provider's wire protocol. Instances are cheap, hold one connection pool and no state."""

    name: ClassVar[str]
    """As people write it, e.g. "Segmind"."""
    hosts: ClassVar[frozenset[str]]
    """Its own hosts; the key goes nowhere else."""
    key_header: ClassVar[str]

    def __init__(self, http: Http, settings: Settings) -> None:
        self.http, self.settings = http, settings

    @abstractmethod
    def prepare(self, spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input]) -> Body:
        """All that is free: hosts the inputs where the provider can read them and builds the body."""

    @abstractmethod
    def start(self, body: Body) -> Started | Done:
        """Sends the paid request, once.

        Raises:
            NotStarted: the answer proves that nothing was started.
            GenerationFailed: it was tried and failed, uncharged.
            OutcomeUnknown: no answer, or one that proves nothing.
        """

    @abstractmethod
    def check(self, operation: Operation) -> Running | Done | Failed:
        """Asks once what became of it.

        Raises:
            RecordMissing: the provider does not know it (any more).
            ProviderError: the question went unanswered; asking again is safe.
        """

    @abstractmethod
    def account(self) -> Account:
        """Proves the key without spending anything."""
