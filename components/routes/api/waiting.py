"""Holds an answer back until a generation has ended; no thread waits with it, because live status tells it."""

from __future__ import annotations

import asyncio
import json
import math
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.requests import Request

from components.errors import TooManyRequests
from components.library.records import Generation
from components.routes.hub import Listener, hub

LOOK = 1.0
"""Seconds between two looks whether the server stops or the program has gone."""
MOST = 50
"""Requests of one token that may wait at once."""
_waiting: Counter[str] = Counter()


async def ended(
    request: Request, who: str, one: Generation, read: Callable[[], Awaitable[Generation]], seconds: float
) -> Generation:
    """The generation as soon as it has ended, or as it is when the time is over.

    Args:
        request: that waits.
        who: whose token's turn it takes.
        one: as it was read a moment ago.
        read: reads it again.
        seconds: to wait at most.

    Raises:
        TooManyRequests: too many of this token wait already.
    """
    deadline = time.monotonic() + seconds
    async with _turn(who), _listening(one) as listener:
        while listener is not None and not one.ended:
            left = deadline - time.monotonic()
            if left <= 0 or _stops() or await request.is_disconnected():
                break
            try:
                message = await asyncio.wait_for(listener.outbox.get(), min(left, LOOK))
            except TimeoutError:
                continue
            if message is None or _tells(message, one.id):
                one = await read()
            if message is None:
                break
    return one


@asynccontextmanager
async def _turn(who: str) -> AsyncIterator[None]:
    if _waiting[who] >= MOST:
        raise TooManyRequests(f"{MOST} requests of this token wait already.", "Let one of them end first.")
    _waiting[who] += 1
    try:
        yield
    finally:
        _waiting[who] -= 1


@asynccontextmanager
async def _listening(one: Generation) -> AsyncIterator[Listener | None]:
    """Hears what changed since `one` was read; None where too many listen already."""
    listener = hub.join(one.owner, one.changed_at, math.inf)
    try:
        yield listener
    finally:
        if listener is not None:
            hub.leave(listener)


def _tells(message: str, generation_id: str) -> bool:
    """Whether a message is about this one, or says that there may be more than it tells."""
    told = json.loads(message)
    return bool(told["reset"]) or any(change[0] == generation_id for change in told["changes"])


def _stops() -> bool:
    """Whether the server was told to stop: it lets every request end first, however long it waits.

    uvicorn (0.54, server.py, `capture_signals`) has its own method as the signal's handler.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return bool(getattr(server, "should_exit", False))
