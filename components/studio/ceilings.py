"""What a person may spend at providers a day and a month and have under way there, and what that leaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from components.catalog import model
from components.catalog.check import validate
from components.catalog.reserve import Reserve, reserve
from components.catalog.spec import ModelSpec
from components.engine.ceilings import Room, hindrance
from components.errors import CeilingReached, InvalidRequest, NotFound
from components.library.assets import Assets
from components.library.ceilings import OF_TOKEN, TEAM, periods
from components.library.ceilings import Ceilings as Rows
from components.library.records import Ceiling


@dataclass(frozen=True)
class Plan:
    """What the next press would meet."""

    room: Room
    reserve: Reserve | None
    """What it would count; None where the request is not whole yet."""
    full: CeilingReached | None
    """Why it would not go through."""


class Ceilings:
    """One owner's ceiling, the team's above it, and that of the token where a program comes with one.

    The sandbox costs nothing, so nothing of it counts.
    """

    def __init__(
        self,
        database: sa.Engine,
        owner: str,
        assets: Assets,
        pays_own: Callable[[str], bool],
        token: str | None = None,
    ) -> None:
        self._database, self._assets, self._pays_own, self.token = database, assets, pays_own, token
        self.rows, self._team = Rows(database, owner), Rows(database, TEAM)
        self._of_token = (Rows(database, OF_TOKEN + token),) if token else ()
        self.all = (self._team, self.rows, *self._of_token)
        """All that hold for the next press with the team's key, in the order in which everybody takes them."""

    def that_hold(self, *, own_key: bool = False) -> tuple[Rows, ...]:
        """Those that hold for a press with the team's key, or with an own key, which is not the team's money."""
        return self._of_token if own_key else self.all

    def get(self) -> Ceiling:
        """What holds now; at first there is no limit."""
        return self.rows.get() or Ceiling()

    def set(self, ceiling: Ceiling) -> None:
        """Holds from the next press on; one without a limit takes the last one away."""
        self.rows.set(ceiling if _is_limited(ceiling) else None)

    def of(self, owner: str) -> Ceiling:
        """What holds for another person, by e-mail address, or by TEAM for everybody together."""
        return Rows(self._database, owner).get() or Ceiling()

    def set_of(self, owner: str, ceiling: Ceiling) -> None:
        """The same as `set`, for them."""
        Rows(self._database, owner).set(ceiling if _is_limited(ceiling) else None)

    def room(self, now: float | None = None) -> Room | None:
        """What is left to this owner at a moment (unix seconds; now); None without a ceiling."""
        return _room(self.rows, now)

    def rooms(self, now: float | None = None, *, own_key: bool = False) -> list[Room]:
        """What is left at a moment under each ceiling that holds for the next press."""
        return [room for each in self.that_hold(own_key=own_key) if (room := _room(each, now))]

    def reserve(self, spec: ModelSpec, parameters: Mapping[str, Any]) -> Reserve:
        """What a request counts until its provider has told the cost."""
        return reserve(spec, parameters, self._voice_seconds(spec, parameters))

    def plan(self, model_id: str, parameters: Mapping[str, Any]) -> Plan | None:
        """What a press would meet at this moment; None without a ceiling."""
        spec = model(model_id)
        rooms = self.rooms(own_key=self._pays_own(spec.provider))
        if not rooms:
            return None
        least = min(rooms, key=_left)
        try:
            validate(spec, parameters)
        except InvalidRequest:
            return Plan(least, None, None)
        wanted = self.reserve(spec, parameters)
        full = next((full for room in rooms if (full := hindrance(room, wanted))), None)
        return Plan(least, wanted, full)

    def _voice_seconds(self, spec: ModelSpec, parameters: Mapping[str, Any]) -> float | None:
        """None without a voice, or where it is a web address."""
        try:
            voice = self._assets.get(str(spec.value(parameters, "voice") or ""))
        except NotFound:
            return None
        return float(voice.facts["seconds"])


def _room(rows: Rows, now: float | None) -> Room | None:
    ceiling = rows.get()
    if ceiling is None:
        return None
    since = periods(ceiling.zone, time.time() if now is None else now)
    return Room(ceiling, since, rows.count_now(since), rows.is_team, rows.of_token)


def _left(room: Room) -> Decimal:
    """What leaves the least of a room, in dollars; without such a limit, without end."""
    return min((limit.left for limit in room.limits()), default=Decimal("Infinity"))


def _is_limited(ceiling: Ceiling) -> bool:
    return any(each is not None for each in (ceiling.day, ceiling.month, ceiling.in_flight))
