"""Says whether a generation has room under its owner's and the team's ceiling, and in a sentence why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

import sqlalchemy as sa

from components.catalog import model
from components.catalog.reserve import CENT, Basis, Reserve
from components.catalog.spec import ModelSpec
from components.errors import CeilingReached, GenerationFailed, ServerFailed, StudioError
from components.library.ceilings import Ceilings, Counted, Periods, periods
from components.library.records import Ceiling, Generation
from components.providers import provider

WHERE = "The ceiling is set on the settings page."
TEAMS = "An admin sets it on the people page."
TOKENS = "It was set when the token was made, on the settings page."
PRICES: dict[Basis, str] = {
    "estimate": "This costs about {price}",
    "longest": "This counts as {price}, the price for the longest voice, because its own length is not known",
    "dearest": "This counts as {price}, the dearest price known, because its own is not published",
}


def make_room(connection: sa.Connection, ceilings: Sequence[Ceilings], wanted: Reserve, now: float) -> None:
    """Holds the ceilings until the caller's transaction ends, so that no other press is counted meanwhile.

    Args:
        connection: in a transaction that will add the generation.
        ceilings: the team's, its owner's and its token's; every caller names them in the same order, or two would
            wait for each other.
        wanted: what it counts until its cost is known.
        now: unix seconds.

    Raises:
        CeilingReached: there is no room.
    """
    for each in ceilings:
        ceiling = each.hold(connection)
        if ceiling is None:
            continue
        since = periods(ceiling.zone, now)
        room = Room(ceiling, since, each.count(connection, since), each.is_team, each.of_token)
        if full := hindrance(room, wanted):
            raise CeilingReached(full.message, f"Nothing was sent. {full.hint}")


@dataclass(frozen=True)
class Limit:
    """One limit in US dollars, and what it leaves at a moment."""

    period: Literal["today", "this month"]
    most: Decimal
    left: Decimal
    """Less than nothing where more was charged than had been expected."""
    again: datetime
    """When nothing counts under it any more."""

    @property
    def shown(self) -> str:
        """What is left, e.g. `$6.20`; never told higher than it is, and never less than `$0.00`."""
        return _down(max(self.left, Decimal()))


@dataclass(frozen=True)
class Room:
    """What a ceiling leaves at a moment."""

    ceiling: Ceiling
    since: Periods
    counted: Counted
    is_team: bool = False
    """Whether it holds for everybody together."""
    of_token: bool = False
    """Whether it holds for what one program sends."""

    @property
    def name(self) -> str:
        return "the team's ceiling" if self.is_team else "the token's ceiling" if self.of_token else "the ceiling"

    def limits(self) -> Iterator[Limit]:
        """Those in dollars that are set; what lasts longest comes first."""
        most, counted, since = self.ceiling, self.counted, self.since
        if most.month is not None:
            yield Limit("this month", most.month, most.month - counted.month, since.next_month)
        if most.day is not None:
            yield Limit("today", most.day, most.day - counted.day, since.next_day)


def hindrance(room: Room, wanted: Reserve) -> CeilingReached | None:
    """Why a generation has no room, and when it will; None where it has."""
    most, under_way = room.ceiling.in_flight, room.counted.under_way
    for limit in room.limits():
        if wanted.dollars > limit.left:
            return _too_dear(limit, wanted, room)
    if most is not None and under_way >= most:
        already = "One generation is" if under_way == 1 else f"{under_way} generations are"
        return CeilingReached(
            f"{already} under way, and {room.name} is {most}.",
            f"There is room again once one has ended. {_where(room)}",
        )
    return None


def keep_within(spec: ModelSpec, wanted: Reserve, most: Decimal) -> None:
    """Holds a request against what whoever sends it lets it cost, in US dollars.

    Raises:
        CeilingReached: it is expected to cost more, or nobody can say what it costs.
    """
    if wanted.basis == "dearest":
        raise CeilingReached(
            f"{spec.provider_name} publishes no price for {spec.name}, so nobody can say that it stays within "
            f"{_down(most)}.",
            "Nothing was sent. Choose a model with a price, or let a person send it from its page.",
        )
    if wanted.dollars > most:
        raise CeilingReached(
            f"{PRICES[wanted.basis].format(price=wanted.shown)}; this request may cost {_down(most)} at most.",
            "Nothing was sent. Ask whether it may cost more, or choose a shorter voice or another model.",
        )


def released(generation: Generation, error: StudioError) -> dict[str, int]:
    """What to note with a failure: it counts no more where its provider documents that it bills successes only.

    A server that broke says so too, but nobody can prove it: that one waits for a person.
    """
    unproved = not isinstance(error, GenerationFailed) or isinstance(error, ServerFailed)
    free = provider(model(generation.model).provider).refusals.failures_free
    return {"reserved_micros": 0} if free and not unproved else {}


def _too_dear(limit: Limit, wanted: Reserve, room: Room) -> CeilingReached:
    zone = room.ceiling.zone
    if wanted.dollars > limit.most:
        every = "a day" if limit.period == "today" else "a month"
        again = f"It never fits into {_down(limit.most)} {every}."
    else:
        again = f"There is room again on {limit.again.day} {limit.again:%B}, from midnight ({zone})."
    price = PRICES[wanted.basis].format(price=wanted.shown)
    whose = "the team's " if room.is_team else "the token's " if room.of_token else ""
    left = f"{limit.shown} of {whose}{_down(limit.most)} is left {limit.period}"
    return CeilingReached(f"{price}; {left}.", f"{again} {_where(room)}")


def _where(room: Room) -> str:
    return TEAMS if room.is_team else TOKENS if room.of_token else WHERE


def _down(dollars: Decimal) -> str:
    return f"${dollars.quantize(CENT, ROUND_FLOOR)}"
