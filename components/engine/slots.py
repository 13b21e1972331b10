"""Send slots that owners take in turn: three hundred of one person do not hold up the one of another."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Slots:
    """At most `limit` are inside at a time; who waits longest of each owner comes next, owner after owner.

    To be used from one event loop only.
    """

    def __init__(self, limit: int) -> None:
        self._free = limit
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def one(self, owner: str) -> AsyncIterator[None]:
        """A slot, for as long as the block runs."""
        await self._take(owner)
        try:
            yield
        finally:
            self._give()

    async def _take(self, owner: str) -> None:
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(owner, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give()  # it was handed over at the very moment at which nobody wanted it any more
            raise

    def _give(self) -> None:
        """Hands the slot to the next owner's first, or keeps it."""
        while self._waiting:
            owner, theirs = self._waiting.popitem(last=False)
            turn = theirs.popleft()
            if theirs:
                self._waiting[owner] = theirs  # at the end: the others come first
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
