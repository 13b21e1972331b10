"""Lets one task at a time ask after a generation, and wakes it early when another wants the same.

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
        self._before, self._woken, self.over = before, asyncio.Event(), False

    async def alone(self) -> None:
        """Waits until the one before has left: woken, it asks at once, and then ends or goes on for both."""
        if self._before:
            self._before._woken.set()
            while not self._before.over:
                await asyncio.sleep(LOOK)

    async def pause(self, seconds: float) -> None:
        """So many seconds, or fewer where another wants to know."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()


class Turns:
    """Whose turn it is, by generation."""

    def __init__(self) -> None:
        self._last: dict[str, Turn] = {}

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
