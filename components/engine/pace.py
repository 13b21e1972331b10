"""Lets generations wait for their turn at providers that have a limit. One look a while for all that wait here."""

from __future__ import annotations

import asyncio
import logging

import sqlalchemy as sa

from components import providers
from components.catalog import MODELS, model
from components.catalog.pace import Pace
from components.errors import NotConfigured
from components.library.records import Generation
from components.library.turns import Turns
from components.settings import Settings

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks."""


class Turnstile:
    """The turns of this process's generations; to be used from the engine's event loop only."""

    def __init__(self, database: sa.Engine, settings: Settings) -> None:
        self._paces = {name: found for name in providers.PROVIDERS if (found := pace(settings, name)).is_limited}
        self._turns = {name: turns(database, name) for name in self._paces}
        self._waiting: dict[str, dict[str, asyncio.Event]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def turn(self, generation: Generation) -> None:
        """Comes back once it may be sent, or need not any more."""
        provider = model(generation.model).provider
        if provider not in self._paces or generation.sandbox or generation.state != "queued":
            return
        called = asyncio.Event()
        self._waiting.setdefault(provider, {})[generation.id] = called
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_on())
        try:
            await called.wait()
        finally:
            self._waiting[provider].pop(generation.id, None)

    async def _look_on(self) -> None:
        while any(self._waiting.values()):
            for provider, events in list(self._waiting.items()):
                if events:
                    try:
                        called = await asyncio.to_thread(self._look, provider, list(events))
                    except sa.exc.SQLAlchemyError:
                        log.exception("looking whose turn it is")
                        continue
                    for one in called & set(events):
                        events[one].set()
            await asyncio.sleep(LOOK)

    def _look(self, provider: str, asking: list[str]) -> set[str]:
        turns = self._turns[provider]
        return turns.take(self._paces[provider], asking) | (set(asking) - turns.waiting(asking))


def turns(database: sa.Engine, provider: str) -> Turns:
    """The turns at a provider, by its folder's name."""
    return Turns(database, [spec.id for spec in MODELS.values() if spec.provider == provider])


def pace(settings: Settings, provider: str) -> Pace:
    """A provider's limits: as set for it, e.g. `SEGMIND_PER_MINUTE=5`, else as its folder declares.

    Raises:
        NotConfigured: what is set is no whole number above nothing.
    """
    declared = providers.provider(provider).pace
    return Pace(
        _limit(settings, f"{provider}_per_minute", declared.per_minute),
        _limit(settings, f"{provider}_at_once", declared.at_once),
    )


def _limit(settings: Settings, name: str, declared: int | None) -> int | None:
    given = settings.text(name)
    if not given:
        return declared
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise NotConfigured(
            f"{name.upper()} is {given!r}.", "Set it to a whole number of 1 or more, or to nothing."
        )
    return int(given)
