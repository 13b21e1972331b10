"""One operation of `/api/v1`: its address, what it takes, what it answers, and who is let in.

The route and the OpenAPI document are both made of it, so that they cannot differ.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.errors import StudioError, TokenRefused
from components.routes.api.answers import UNFORESEEN, refusal
from components.routes.api.rate import Rate
from components.studio import Studio, of_program

log = logging.getLogger(__name__)

T = TypeVar("T")
BASE = "/api/v1"
# Threads of their own: pages and live status do not wait behind programs.
_asking = ThreadPoolExecutor(8, thread_name_prefix="api")
rate = Rate()


@dataclass(frozen=True)
class Asked:
    """A request of a program that was let in."""

    request: Request
    studio: Studio
    """As its token has it."""

    async def call(self, work: Callable[..., T], *args: Any, **named: Any) -> T:
        """What a method of the studio gives; it may wait for a database."""
        return await in_thread(lambda: work(*args, **named))


@dataclass(frozen=True)
class Operation:
    """Everything that is true of one."""

    method: Literal["GET", "POST"]
    path: str
    """Below BASE, e.g. `/generations/{id}`."""
    name: str
    """How generated clients call it."""
    summary: str
    run: Callable[[Asked], Awaitable[Response]]
    answers: Mapping[int, type[BaseModel] | str]
    """By status: a shape, or the media type of a file."""
    refusals: tuple[int, ...]
    """Statuses of errors beside those that any operation can have."""
    body: type[BaseModel] | str | None = None
    query: type[BaseModel] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """Those that it needs, with what they say."""


def route(operation: Operation) -> Route:
    """Answers at the operation's address, whatever comes: with what it gives, or with an error as JSON."""

    async def endpoint(request: Request) -> Response:
        studio = None
        try:
            studio = await _admit(request)
            return await operation.run(Asked(request, studio))
        except StudioError as error:
            return refusal(error, knows_keys=studio is not None and studio.person.knows_keys)
        except Exception:
            log.exception("answering %s %s", operation.method, operation.path)
            return refusal(UNFORESEEN)

    return Route(BASE + operation.path, endpoint, methods=[operation.method], name=operation.name)


async def in_thread(work: Callable[[], T], threads: Executor = _asking) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, work)


async def _admit(request: Request) -> Studio:
    """By a token and nothing else: a cookie is sent along by any page that a browser shows.

    Raises:
        TokenRefused: there is none, or it is not good.
        TooManyRequests: it asks too often.
    """
    given = request.headers.getlist("authorization")
    kind, _, words = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    if kind.lower() != "bearer" or not words.strip():
        raise TokenRefused(
            "This address is for programs: send `Authorization: Bearer` and a token.",
            "Make one on the settings page.",
        )
    studio = await in_thread(lambda: of_program(words.strip()))
    rate.count(studio.person.token.id if studio.person.token else "")
    studio.person.require("look")
    return studio
