"""Says what the owner's ceiling leaves, and before a press whether it has room. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.catalog.reserve import Basis
from components.catalog.spec import ModelSpec
from components.studio import Plan, Room, Studio
from components.ui.frame import notices

COUNTS: Mapping[Basis, str] = {
    "estimate": "",
    "longest": "This counts as {price}, as for the longest voice.",
    "dearest": "This counts as {price}, the dearest price known.",
}


def before_press(plan: Plan | None) -> None:
    """One line: what is left, or why this request has no room."""
    if plan and plan.full:
        notices.careful(str(plan.full))
    elif plan:
        counts = COUNTS[plan.reserve.basis].format(price=plan.reserve.shown) if plan.reserve else ""
        notices.quiet(f"{nearest(plan.room)} {counts}")


def no_room(studio: Studio, spec: ModelSpec, values: Mapping[str, Any]) -> None:
    """Only why a request has no room, where it has none."""
    plan = studio.ceilings.plan(spec.id, values)
    if plan and plan.full:
        notices.careful(str(plan.full))


def nearest(room: Room) -> str:
    """What leaves the least, e.g. `You have $6.20 left today`, and how many are under way if that is limited."""
    least = min(room.limits(), key=lambda limit: limit.left, default=None)
    return _sentences(room, [f"{least.shown} left {least.period}"] if least else [])


def every(room: Room) -> str:
    """All that is left, e.g. `You have $6.20 left today and $40.00 left this month. Under way: 1 of 3`."""
    return _sentences(room, [f"{limit.shown} left {limit.period}" for limit in reversed([*room.limits()])])


def _sentences(room: Room, left: list[str]) -> str:
    most = room.ceiling.in_flight
    under_way = f"Under way: {room.counted.under_way} of {most}." if most else ""
    whose = "The team has" if room.is_team else "You have"
    return " ".join(filter(None, [f"{whose} {' and '.join(left)}." if left else "", under_way]))
