"""What a person may spend at providers a day and a month and have under way there, and what that leaves."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from components.catalog import model
from components.catalog.check import validate
from components.catalog.reserve import Reserve, reserve
from components.catalog.spec import ModelSpec
from components.engine.ceilings import Room, hindrance
from components.errors import CeilingReached, InvalidRequest, NotFound
from components.library.assets import Assets
from components.library.ceilings import Ceilings as Rows
from components.library.ceilings import periods
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
    """One owner's ceiling. The sandbox costs nothing, so nothing of it counts."""

    def __init__(self, database: sa.Engine, owner: str, assets: Assets) -> None:
        self.rows, self._assets = Rows(database, owner), assets

    def get(self) -> Ceiling:
        """What holds now; at first there is no limit."""
        return self.rows.get() or Ceiling()

    def set(self, ceiling: Ceiling) -> None:
        """Holds from the next press on; one without a limit takes the last one away."""
        limited = any(each is not None for each in (ceiling.day, ceiling.month, ceiling.in_flight))
        self.rows.set(ceiling if limited else None)

    def room(self, now: float | None = None) -> Room | None:
        """What is left at a moment (unix seconds; now); None without a ceiling."""
        ceiling = self.rows.get()
        if ceiling is None:
            return None
        since = periods(ceiling.zone, time.time() if now is None else now)
        return Room(ceiling, since, self.rows.count_now(since))

    def reserve(self, spec: ModelSpec, parameters: Mapping[str, Any]) -> Reserve:
        """What a request counts until its provider has told the cost."""
        return reserve(spec, parameters, self._voice_seconds(spec, parameters))

    def plan(self, model_id: str, parameters: Mapping[str, Any]) -> Plan | None:
        """What a press would meet at this moment; None without a ceiling."""
        room, spec = self.room(), model(model_id)
        if room is None:
            return None
        try:
            validate(spec, parameters)
        except InvalidRequest:
            return Plan(room, None, None)
        wanted = self.reserve(spec, parameters)
        return Plan(room, wanted, hindrance(room, wanted))

    def _voice_seconds(self, spec: ModelSpec, parameters: Mapping[str, Any]) -> float | None:
        """None without a voice, or where it is a web address."""
        try:
            voice = self._assets.get(str(spec.value(parameters, "voice") or ""))
        except NotFound:
            return None
        return float(voice.facts["seconds"])
