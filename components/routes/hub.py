"""Tells every listening browser what changed in the library, from one look at it a second a process.

The look is `studio.generations.changes`: one indexed query, however many listen, and none while nobody does.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from components.errors import StudioError
from components.library.records import ENDED, Change
from components.studio import RUN, Studio, current

log = logging.getLogger(__name__)

PERIOD = 1.0
"""Seconds between two looks."""
BEAT = 20
"""Looks between two messages that say only that all is well."""
OVERLAP = 30.0
"""Seconds that each look reaches back: a change is stamped before it is written, and a writer may wait so long."""
MEMORY = 600.0
"""Seconds after which what a browser missed is not told one by one: it reads the page again."""
PAGE, PAGES = 500, 8
"""Changes that one query gives, and queries that one look may need after a burst."""
MOST = 2000
"""Listeners at a time."""
BACKLOG = 30
"""Messages that wait for a slow reader before it is let go."""


@dataclass(eq=False)
class Listener:
    """A browser tab; `since` is when what it shows was read, `until` when its pass ends."""

    since: float
    until: float
    outbox: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(BACKLOG + 1))
    """Messages to send; None ends it."""
    greeted: bool = False


class Hub:
    """All listeners of this process; to be used from the server's event loop only."""

    def __init__(self, studio: Callable[[], Studio] = current, period: float = PERIOD) -> None:
        self._studio, self._period = studio, period
        self._listeners: set[Listener] = set()
        self._watch: asyncio.Task[None] | None = None
        self._known: dict[str, float] = {}
        self._active: set[str] = set()
        self._newest = 0.0
        self._looks = 0
        self._well = True

    def join(self, since: float, until: float) -> Listener | None:
        """A new listener, who hears first what changed since then; None where there are too many."""
        if len(self._listeners) >= MOST:
            return None
        listener = Listener(since, until)
        self._listeners.add(listener)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._watching())
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def __len__(self) -> int:
        return len(self._listeners)

    async def _watching(self) -> None:
        """Goes on while anybody listens; whoever comes waits for the look that is due, so none is made for him."""
        self._known, self._looks = {}, 0
        began = False
        while self._listeners:
            try:
                if not began:
                    self._active = {
                        one.id for one in await asyncio.to_thread(self._studio().generations.under_way)
                    }
                    self._newest = await asyncio.to_thread(self._now)
                    began = True
                await self._look()
                self._well = True
            except (StudioError, SQLAlchemyError) as trouble:
                if self._well:
                    log.warning("The library did not answer live status (%s); asking on.", type(trouble).__name__)
                self._well = False
            await asyncio.sleep(self._period)

    async def _look(self) -> None:
        now, horizon = await asyncio.to_thread(self._now), self._newest - OVERLAP
        new = [one for one in self._listeners if not one.greeted]
        since = [one.since - OVERLAP for one in new if not self._forgot(one, now)]
        found, whole = await asyncio.to_thread(self._changes, min([horizon, *since]))
        fresh = [one for one in found if one.changed_at >= horizon and self._known.get(one.id) != one.changed_at]
        self._remember(found, now, whole)
        self._looks += 1
        if fresh or not whole or self._looks % BEAT == 0:
            message = self._message(fresh, now, reset=not whole)
            for one in [one for one in self._listeners if one.greeted]:
                self._put(one, message)
        for one in new:
            missed = [change for change in found if change.changed_at >= one.since - OVERLAP]
            self._put(one, self._message(missed, now, reset=self._forgot(one, now) or not whole))
            one.greeted = True
        for one in [one for one in self._listeners if one.until < now]:
            self._end(one)

    def _now(self) -> float:
        return self._studio().generations.now()

    @staticmethod
    def _forgot(listener: Listener, now: float) -> bool:
        return listener.since < now - MEMORY

    def _changes(self, since: float) -> tuple[list[Change], bool]:
        """Runs in a thread. Gives the changes, and whether these are all of them."""
        found: list[Change] = []
        for _ in range(PAGES):
            page = self._studio().generations.changes(since)
            found += page
            if len(page) < PAGE:
                return found, True
            since = page[-1].changed_at
        return found, False

    def _remember(self, found: Sequence[Change], now: float, whole: bool) -> None:
        for change in found:
            (self._active.discard if change.state in ENDED else self._active.add)(change.id)
        self._newest = max([self._newest, *(change.changed_at for change in found)]) if whole else now
        horizon = self._newest - OVERLAP
        self._known = {one.id: one.changed_at for one in found if one.changed_at >= horizon}

    def _message(self, changes: Sequence[Change], now: float, *, reset: bool) -> str:
        """Nothing secret, no name of a person, no word of a prompt."""
        told = [] if reset else [[one.id, one.model, one.state, one.changed_at] for one in changes]
        return json.dumps({"run": RUN, "at": now, "underWay": len(self._active), "reset": reset, "changes": told})

    def _put(self, listener: Listener, message: str) -> None:
        if listener.outbox.qsize() < BACKLOG:
            listener.outbox.put_nowait(message)
        else:
            self._end(listener)

    def _end(self, listener: Listener) -> None:
        """Sends away who reads too slowly, and whose pass has ended: it comes back with a fresh one."""
        self.leave(listener)
        listener.outbox.put_nowait(None)


hub = Hub()
