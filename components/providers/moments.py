"""Reads moments as providers write them. What is no moment is none, and never a guess."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

LONGEST_DATE = len("2026-11-20")
"""What is no longer names a day, and no time of it."""


def read_moment(told: Any) -> datetime | None:
    """A moment out of ISO 8601; without a zone it is UTC. None for a mere day and for everything else."""
    if not isinstance(told, str) or len(told) <= LONGEST_DATE:
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def second_of(unix_seconds: float) -> datetime:
    """The beginning of that second: providers may write no smaller parts."""
    return datetime.fromtimestamp(int(unix_seconds), UTC)
