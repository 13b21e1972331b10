"""What all parts of the table share: how a pair is measured and how a row is written."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

WIDTH = 72
HEAD = f"{'measurement':<{WIDTH}}     min   median      max"


def row(label: str, found: Sequence[float]) -> str:
    """One line of the table."""
    figures = (min(found), statistics.median(found), max(found))
    return f"{label:<{WIDTH}} {figures[0]:>7.2f} {figures[1]:>8.2f} {figures[2]:>8.2f}"


def ratios(ours: Callable[[], object], theirs: Callable[[], object], pairs: int) -> list[float]:
    """Ours through theirs, pair by pair, after one warm-up of each."""
    ours(), theirs()
    return [seconds(ours) / seconds(theirs) for _ in range(pairs)]


def seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin
