"""Counts what happens in this process, by label, for whoever measures it. Knows nothing of what is counted."""

from __future__ import annotations

import threading
from collections import Counter


class Tally:
    """Counts that only grow; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock, self._counts = threading.Lock(), Counter[tuple[str, ...]]()

    def add(self, *labels: str) -> None:
        with self._lock:
            self._counts[labels] += 1

    def read(self) -> dict[tuple[str, ...], int]:
        with self._lock:
            return dict(self._counts)


ERRORS = Tally()
"""What generations met, by model and the error's code."""
CHILDREN_LOST = Tally()
"""Children that were lost to a file: `time`, or the code with which they ended."""
