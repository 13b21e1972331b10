"""What every provider can be asked, and the plain data that goes in and comes out.

A provider translates; the engine waits. `prepare` does all that is free (uploads, body), `start` sends the
one paid request, `check` asks what became of it. Why preparing stands apart: docs/decisions/002.
"""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import SecretStr

from components.catalog.pace import Pace
from components.catalog.spec import ModelSpec
from components.errors import ErrorInfo, ProviderError
from components.providers.declarations import Cheapest, Key, Option, Programs
from components.providers.http import Http
from components.providers.refusals import Refusals
from components.settings import Settings

JSON = dict[str, Any]
MAX_DEPTH = 8
"""How deep in an answer a video is looked for; what is documented lies two levels deep."""
Operation = JSON
"""What a later process needs in order to ask about a submitted generation; never a key, never an address."""


@dataclass(frozen=True)
class Body:
    """A request ready to be sent, in the provider's own words. It may hold addresses: never stored."""

    json: Any = field(repr=False)
    slug: str = ""
    """The provider's own name of the model, where it stands in the address."""
    takes: int = 1
    """How many videos it asks for."""
    calls_back: bool = False
    """Whether the provider is asked to call the studio when there is something to fetch."""


@dataclass(frozen=True)
class Result:
    """One video: its bytes where the answer carried them, else the address that it lies at."""

    url: str | None = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    position: int | None = None
    """Its place among the outputs, where videos can arrive one by one; else the order decides."""
    label: str = ""
    """Whom or what it is of, e.g. a row's name."""
    number: str = ""
    """The provider's own id of this one video; where there is none, its content tells whether it came before."""


def find_results(body: Any, names: Sequence[str], depth: int = 0) -> tuple[Result, ...]:
    """Videos wherever an answer puts them: an address, a list, or an object with one of the names."""
    if depth > MAX_DEPTH:
        return ()
    if isinstance(body, str):
        return (Result(url=body),) if body.startswith(("https://", "http://")) else ()
    if isinstance(body, list):
        return tuple(result for item in body for result in find_results(item, names, depth + 1))
    if isinstance(body, dict):
        return next((found for name in names if (found := find_results(body.get(name), names, depth + 1))), ())
    return ()


@dataclass(frozen=True)
class Started:
    """The provider took it; `operation` is what to ask it by."""

    operation: Operation


@dataclass(frozen=True)
class Running:
    """On its way; `word` is the provider's status word, for people who look closely."""

    word: str = ""
    results: tuple[Result, ...] = ()
    """Videos that are there already while others are still made; each has a position."""


@dataclass(frozen=True)
class Done:
    """The videos, and what they cost in US dollars where the provider says so."""

    results: tuple[Result, ...]
    cost: Decimal | None = None
    reference: str | None = None
    """The provider's own id of the generation, for its support."""
    note: ErrorInfo | None = None
    """What is missing, where some videos came and others failed."""
    unknown: int = 0
    """Of how many the provider says that it does not know them: at the first word that proves nothing."""


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
    link: Callable[[], str | None] = field(default=lambda: None, repr=False)
    """Makes an address at which the provider can fetch it, or None where there is no way."""

    def base64(self) -> str:
        return base64.b64encode(self.data).decode("ascii")

    def data_uri(self) -> str:
        return f"data:{self.media_type};base64,{self.base64()}"


Input = InputFile | str
"""A file of the studio, or an https address that the user gave."""


class Provider(ABC):
    """One provider's wire protocol, and what it says of itself. Instances are cheap and hold no state."""

    refusals: ClassVar[Refusals]
    """Says for it what went wrong; from here come its name, its keys and its billing page."""
    pace: ClassVar[Pace] = Pace()
    """How much it takes at a time, where that is documented for every account."""
    name: ClassVar[str]
    """As people write it, e.g. "Segmind"."""
    hosts: ClassVar[frozenset[str]]
    """Its own hosts; the key goes nowhere else."""
    keys: ClassVar[tuple[Key, ...]]
    """The parts of its key."""
    key_names: ClassVar[tuple[str, ...]]
    """The settings that make up its key, e.g. `("segmind_api_key",)`."""
    options: ClassVar[tuple[Option, ...]] = ()
    """Its own settings beside the key."""
    billing: ClassVar[str]
    """Where its credits are bought."""
    history: ClassVar[str]
    """Where a person looks up past generations in their account."""
    status_page: ClassVar[str] = ""
    """Where it tells of its troubles, if it does anywhere."""
    id_key: ClassVar[str]
    """Where an operation holds the id by which the provider's support finds the generation."""
    id_label: ClassVar[str]
    """What the provider calls that id, e.g. "Request id"."""
    programs: ClassVar[Programs]
    """Its requests as programs."""
    chooses_ids: ClassVar[bool] = False
    """Whether that id is one that we chose: what is found by it is this request's, whatever else is out."""
    finds: ClassVar[bool] = False
    """Whether a submission whose answer was lost can be looked for."""
    webhook: ClassVar[str] = ""
    """Where a request takes an address that the provider calls once a video is there, or has failed."""
    cheapest: ClassVar[Cheapest]
    """What `make live` asks for."""

    def __init_subclass__(cls) -> None:
        cls.name, cls.billing, cls.keys = cls.refusals.name, cls.refusals.billing, cls.refusals.keys
        cls.key_names = tuple(key.name for key in cls.keys)

    def __init__(self, http: Http, settings: Settings) -> None:
        self.http, self.settings = http, settings

    @classmethod
    @abstractmethod
    def headers(cls, key: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
        """The headers that carry the key, whose parts are named as in `key_names`."""

    @classmethod
    def id_of(cls, operation: Operation, position: int) -> str | None:
        """The id by which the provider's support finds an output of a generation."""
        found = operation.get(cls.id_key)
        return found if isinstance(found, str) else None

    @classmethod
    def travels_inline(cls, spec: ModelSpec, name: str) -> bool:
        """Whether a local file of this parameter travels inside the request; else it is uploaded first."""
        return False

    @classmethod
    @abstractmethod
    def program_body(cls, spec: ModelSpec, parameters: JSON, files: Mapping[str, str], settings: Settings) -> JSON:
        """The body that the shown programs send; `files` stand as they shall appear in it."""

    @classmethod
    def program_words(cls, spec: ModelSpec, body: JSON) -> dict[str, str]:
        """What else the templates of `programs` name."""
        return {}

    @abstractmethod
    def prepare(self, spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input], reference: str) -> Body:
        """All that is free: hosts the inputs where the provider can read them and builds the body.

        Args:
            spec: the model.
            parameters: by documented name, without the files.
            inputs: the files, by documented name.
            reference: our own id of the generation, 32 hexadecimal digits of a version 4 UUID.
        """

    def with_webhook(self, body: Body, address: str) -> Body:
        """The same, with an address to call; as it was where none is taken, or the person has given one."""
        several = isinstance(body.json, list)
        request = body.json[0] if several else body.json
        if not self.webhook or request.get(self.webhook):
            return body
        told = request | {self.webhook: address}
        return replace(body, json=[told] if several else told, calls_back=True)

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

    @classmethod
    @abstractmethod
    def operation_of(cls, spec: ModelSpec, parameters: JSON, given: str) -> Operation:
        """What to ask by, from the id that a person found at the provider.

        Raises:
            InvalidRequest: it can be no id of this provider's.
        """

    def find(self, spec: ModelSpec, parameters: JSON, reference: str, sent_at: float) -> Started | None:
        """Looks for a submission whose answer was lost, by our reference or by what was sent and when.

        None where there is none, or several that it could be. Raises ProviderTrouble where asking again may help.
        """
        return None

    @abstractmethod
    def account(self) -> Account:
        """Proves the key without spending anything."""
