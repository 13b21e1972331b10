"""Lets one task at a time ask after a generation, and wakes it early: for another task, or for a provider's call.

Used on one event loop only, which is the engine's: nothing here is for threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LOOK = 0.2
"""Seconds between two looks whether the one before has left."""


class Turn:
    """One task's time with a generation."""

    def __init__(self, before: Turn | None) -> None:
        self._before, self.over = before, False
        self._woken, self._called = asyncio.Event(), asyncio.Event()

    async def alone(self) -> None:
        """Waits until the one before has left: woken, it asks at once, and then ends or goes on for both."""
        if self._before:
            self._before._woken.set()
            self._before._called.set()
            while not self._before.over:
                await asyncio.sleep(LOOK)

    def call(self) -> None:
        """The provider called: there may be something to fetch."""
        self._called.set()

    async def pause(self, seconds: float, least: float = 0.0) -> None:
        """So many seconds; fewer where another task wants to know, or after `least` where there is a call."""
        for event, part in ((self._woken, min(least, seconds)), (self._called, max(seconds - least, 0.0))):
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), part)
        self._woken.clear()
        self._called.clear()


class Turns:
    """Whose turn it is, by generation."""

    def __init__(self) -> None:
        self._last: dict[str, Turn] = {}

    @property
    def asked_after(self) -> frozenset[str]:
        """The generations that somebody asks after."""
        return frozenset(self._last)

    def call(self, generation_id: str) -> None:
        """Their provider called; whoever asks after it asks soon."""
        if generation_id in self._last:
            self._last[generation_id].call()

    @contextmanager
    def turn(self, generation_id: str) -> Iterator[Turn]:
        """The next turn; it begins when the one before is over."""
        own = Turn(self._last.get(generation_id))
        self._last[generation_id] = own
        try:
            yield own
        finally:
            own.over = True
            if self._last.get(generation_id) is own:
                del self._last[generation_id]
