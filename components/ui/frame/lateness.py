"""Tells which generations take longer than usual or bring nothing but trouble, and says so. Knows no widget."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from components.catalog import model
from components.library.records import SILENT, SILENT_AFTER, Generation
from components.studio import Studio
from components.ui.frame import told

LEAST = 10.0
"""Seconds before which nothing is late: where runs take three, one of five needs nobody."""


def usual_end(studio: Studio, generation: Generation) -> float | None:
    """The moment (unix seconds) by which nine of ten runs were over; None where nobody knows yet."""
    spec, began = model(generation.model), generation.submitted_at
    known = studio.generations.usual(spec.id)
    published = spec.typical_seconds if not generation.sandbox else None
    high = known.high if known else published[1] if published else None
    return None if began is None or high is None else began + max(high, LEAST)


def is_late(studio: Studio, generation: Generation) -> bool:
    """Whether a person may want to stop the asking."""
    end = usual_end(studio, generation)
    return is_troubled(generation) or (end is not None and time.time() > end)


def is_troubled(generation: Generation) -> bool:
    """Whether nothing but trouble was heard for an hour."""
    since = generation.troubled_since
    return not generation.ended and since is not None and time.time() - since >= SILENT_AFTER


def longer(usual: str) -> str:
    """E.g. `longer than usual (usually 5-9 s, from 3 runs here)`."""
    return f"longer than usual ({usual})"


def hindrance(generation: Generation, zone: ZoneInfo | None) -> str:
    """What hinders one that goes on, where anything does: the reason, or since when there was only trouble."""
    error = generation.error
    if is_troubled(generation) and (error is None or error.code == SILENT):
        return _since_when(generation, zone)
    return told.sentence(error) if error else ""


def _since_when(generation: Generation, zone: ZoneInfo | None) -> str:
    began = datetime.fromtimestamp(generation.troubled_since or time.time(), zone)
    day = "" if began.date() == datetime.now(zone).date() else f"{began:%d %B} "
    name = model(generation.model).provider_name
    return f"{name} has not given a useful answer since {day}{began:%H:%M}; the studio goes on asking."
