"""How long the engine waits before it tries again. Knows no generation and no provider.

Full jitter (as named in AWS' architecture blog "Exponential Backoff And Jitter"; its formula as quoted by
github.com/cognitedata/cognite-sdk-js, read 2026-11-30): each wait is drawn anew between nothing and a bound that
grows, so that many who were turned away together do not come back together.
"""

from __future__ import annotations

import random

LEAST, FIRST, GROWTH, LONGEST = 1.0, 4.0, 2.0, 300.0
LONGEST_WISH = 3600.0
"""Seconds that a provider's own wish counts for; what asks for more is asked again after these."""
_draw = random.Random()  # noqa: S311 -- nothing secret depends on it


def bound(tries: int) -> float:
    """The most that the wait after so many tries may take."""
    return min(LONGEST, FIRST * GROWTH ** min(tries - 1, 30))


def before_next(tries: int, wished: float | None = None) -> float:
    """Seconds to wait after so many tries: what the provider wishes, and a drawn time on top."""
    wish = min(max(wished or 0.0, 0.0), LONGEST_WISH)
    return max(LEAST, wish + _draw.uniform(0.0, bound(tries)))
