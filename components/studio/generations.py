"""Generations as a person has them: what may be read of them is inherited; here they submit, wait and cancel."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import sqlalchemy as sa

from components.catalog import model
from components.catalog.check import validate
from components.catalog.reserve import Reserve
from components.catalog.spec import ModelSpec
from components.engine.ceilings import keep_within
from components.engine.pace import pace, turns
from components.engine.runtime import Engine
from components.errors import CannotCancel, NotConfigured, StillRunning, StorageTrouble, StudioError
from components.library.assets import Assets
from components.library.fitting import Fitting
from components.library.generation_queries import GenerationQueries
from components.library.generations import Generations as Rows
from components.library.records import Generation
from components.library.sight import HeldGenerations, Sight
from components.library.submissions import Once, SentBefore, Submissions, once
from components.logs import about
from components.providers.programs import Shown, show_request
from components.studio.accounts import Accounts, Side
from components.studio.ceilings import Ceilings

PLACE_SECONDS = 1.0
"""For how long the order of those that wait is known."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Usual:
    """How long a model's runs took here: from the fastest tenth to the slowest, in seconds."""

    low: float
    high: float
    runs: int


@dataclass(frozen=True)
class Sent:
    """What a key stands for."""

    generation: Generation
    repeated: bool
    """Whether it had been sent before, so that nothing was made now."""


@dataclass(frozen=True)
class Planned:
    """What sending a request would mean at this moment."""

    model: str
    side: Side
    parameters: dict[str, Any]
    """Checked, with the model's defaults."""
    reserve: Reserve
    """What a live one counts until its provider has told the cost."""
    hindrance: StudioError | None
    """Why it would not go through."""


class Generations(GenerationQueries):
    """One owner's generations; the engine moves them on."""

    def __init__(
        self, engine: Engine, sight: Sight, assets: Assets, accounts: Accounts, ceilings: Ceilings
    ) -> None:
        super().__init__(engine.database, owner := sight.owner)
        self._held = HeldGenerations(engine.database, sight)
        self._rows, self._submissions = Rows(engine.database, owner), Submissions(engine.database, owner)
        self._runtime, self._assets, self._accounts, self._ceilings = engine, assets, accounts, ceilings
        self._places: dict[str, tuple[float, list[str]]] = {}
        self._fitting = Fitting(assets, engine.context.storage)

    def plan(self, model_id: str, parameters: Mapping[str, Any]) -> Planned:
        """What a request would become and cost; nothing is stored or sent.

        Raises:
            InvalidRequest: something does not fit.
        """
        spec = model(model_id)
        values = validate(spec, parameters).model_dump(mode="json", exclude_none=True)
        values |= self._fitting.check_request(spec, values)
        hindrance: StudioError | None = None
        side = self._accounts.side(model_id)
        try:
            sandbox = self._accounts.uses_sandbox(spec.provider)
            ceilings = None if sandbox else self._ceilings.plan(model_id, values)
            hindrance = ceilings.full if ceilings else None
        except NotConfigured as missing:
            hindrance = missing
        return Planned(model_id, side, values, self._ceilings.reserve(spec, values), hindrance)

    def submit(
        self,
        model_id: str,
        parameters: Mapping[str, Any],
        *,
        follows: str | None = None,
        asked: Once | None = None,
        most_dollars: Decimal | None = None,
    ) -> Generation:
        """Starts a generation; it goes on whatever happens to the caller.

        Args:
            model_id: e.g. `segmind/humo`.
            parameters: by documented name; image and audio take an asset id or an https address, lists what the
                document shows or the bare value.
            follows: the generation in whose place it is sent.
            asked: the key that it takes; one that is taken raises SentBefore. See `submit_once`.
            most_dollars: what this one may cost, in US dollars, by the model's price; the sandbox costs nothing.

        Raises:
            InvalidRequest: something does not fit; nothing was stored or sent.
            NotConfigured: no key, and the sandbox is switched off.
            CeilingReached: a ceiling has no room for it, or `most_dollars` has not; nothing was stored or sent.
            StorageTrouble: the database did not take it; nothing was sent.
        """
        spec = model(model_id)
        values = validate(spec, parameters).model_dump(mode="json", exclude_none=True)
        payer = self._payer(spec.provider)
        values |= self._fitting.fit_request(spec, values)
        row = {"model": model_id, "parameters": values, "follows": follows, "token": self._ceilings.token, **payer}
        reserved = None if payer["sandbox"] else self._reserve(spec, values, most_dollars)
        generation_id = uuid.uuid4().hex
        first = partial(self._submissions.claim, asked=asked, generation_id=generation_id) if asked else None
        with _writing():
            held = self._ceilings.that_hold(own_key=payer["own_key"])
            self._runtime.enqueue(self._rows, held, generation_id, reserved, first, **row)
        with about(generation_id):
            log.info("is queued: %s, %s", model_id, "sandbox" if payer["sandbox"] else "live")
        return self.get(generation_id)

    def _payer(self, provider: str) -> dict[str, bool]:
        """Where a new generation goes, for good: to the sandbox, with an own key, or with the team's."""
        own_key = self._accounts.has_own_key(provider)
        return {"sandbox": not own_key and self._accounts.uses_sandbox(provider), "own_key": own_key}

    def _reserve(self, spec: ModelSpec, values: Mapping[str, Any], most: Decimal | None) -> Reserve:
        """What it counts; raises CeilingReached where that, or that nobody knows it, is more than it may cost."""
        reserved = self._ceilings.reserve(spec, values)
        if most is not None:
            keep_within(spec, reserved, most)
        return reserved

    def submit_once(
        self, key: str, model_id: str, parameters: Mapping[str, Any], most_dollars: Decimal | None = None
    ) -> Sent:
        """The same for a program, whose request may be sent again because its answer was lost: it is paid once.

        Args:
            key: what the program calls this request, among all of its owner's, for good. A request that was
                refused has not used it up.
            model_id: as in `submit`.
            parameters: the same.
            most_dollars: the same; what was sent before is given back whatever it may cost now.

        Raises:
            RepeatDiffers: another request was sent under this key.
        """
        asked = once(key, model_id, parameters)
        known = self._submissions.find(asked)
        if known is None:
            try:
                made = self.submit(model_id, parameters, asked=asked, most_dollars=most_dollars)
                return Sent(made, repeated=False)
            except SentBefore:
                known = self._submissions.find(asked)
        return Sent(self.get(str(known)), repeated=True)

    def ahead(self, generation: Generation) -> int | None:
        """How many come before it, where it waits for its turn; None where it does not, or nobody knows.

        A second old at the most: a page may ask for hundreds.
        """
        provider = model(generation.model).provider
        waits = generation.state == "queued" and not generation.sandbox
        if not waits or not pace(self._runtime.context.settings, provider).is_limited:
            return None
        until, order = self._places.get(provider, (0.0, []))
        if time.monotonic() >= until:
            order = turns(self._runtime.database, provider).order()
            self._places[provider] = (time.monotonic() + PLACE_SECONDS, order)
        return order.index(generation.id) if generation.id in order else None

    def wait(self, generation_id: str, timeout: float) -> Generation:
        """Blocks until the generation has ended, at most `timeout` seconds.

        Raises:
            StillRunning: it has not; it goes on all the same.
        """
        deadline = time.monotonic() + timeout
        while not (generation := self.get(generation_id)).ended:
            if time.monotonic() > deadline:
                raise StillRunning(
                    f"After {timeout:g} s the video is not ready yet.", "It goes on; ask for it again later."
                )
            self._runtime.pause()
        return generation

    def cancel(self, generation_id: str) -> Generation:
        """Takes back a generation that has not left yet, which is free; an admin anybody's.

        Raises:
            CannotCancel: it is with the provider already, or has ended.
        """
        if not self._held.move(generation_id, "queued", "cancelled", error=None):
            now = self._held.get(generation_id)
            if now.ended:
                ended = "is done already" if now.state == "done" else "has ended already"
                raise CannotCancel(f"This generation {ended}.", "There is nothing left to cancel.")
            raise CannotCancel(
                "This generation has already been sent.", "It is being paid for, so the studio brings it home."
            )
        return self._held.get(generation_id)

    def usual(self, model_id: str) -> Usual | None:
        """How long this model's last 50 runs took on the side that it is on; None before the first."""
        sandbox = self._accounts.side(model_id) == "sandbox"
        seconds = sorted(self.durations(model_id, sandbox=sandbox))
        if not seconds:
            return None
        return Usual(seconds[len(seconds) // 10], seconds[(len(seconds) * 9) // 10], len(seconds))

    def programs(self, generation: Generation) -> Shown:
        """The request of one that they look at, as programs that run, in Python and with curl; without keys."""
        return show_request(
            model(generation.model),
            generation.parameters,
            lambda one: self._assets.get(one).media_type,
            self._runtime.context.settings,
        )


@contextmanager
def _writing() -> Iterator[None]:
    """Raises StorageTrouble where the database does not take a new generation."""
    try:
        yield
    except sa.exc.DBAPIError:
        log.exception("keeping a new generation")
        raise StorageTrouble(
            "This machine could not write the new generation down, so nothing was sent.",
            "See whether the disk is full; then generate again.",
        ) from None
