"""How often a program may ask: so many requests within a minute, counted by token in this process."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from components.errors import TooManyRequests

MOST, WINDOW = 120, 60.0
"""Requests, and seconds."""
MOST_KNOWN = 5000


class Rate:
    """A sliding window; to be used from the server's event loop only."""

    def __init__(
        self, most: int = MOST, window: float = WINDOW, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._window, self._clock = most, window, clock
        self._asked: dict[str, deque[float]] = {}

    def forget(self) -> None:
        """Nobody has asked before."""
        self._asked.clear()

    def count(self, who: str) -> None:
        """One more request of somebody's.

        Raises:
            TooManyRequests: it is one too many; it does not count.
        """
        now = self._clock()
        if len(self._asked) >= MOST_KNOWN:
            self._asked = {name: times for name, times in self._asked.items() if times[-1] > now - self._window}
        times = self._asked.setdefault(who, deque())
        while times and times[0] <= now - self._window:
            times.popleft()
        if len(times) >= self._most:
            raise TooManyRequests(
                f"That are more than {self._most} requests in {self._window:g} seconds.",
                "Ask less often; to wait for a video, let one request wait.",
                retry_after=times[0] + self._window - now,
            )
        times.append(now)
