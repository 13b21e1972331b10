"""Tells every listening browser what changed of its person's, from one look at the library a second a process.

The look is `studio.everyone.changes`: one indexed query, however many listen, and none while nobody does.
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
    """A browser tab of a person; `since` is when what it shows was read, `until` when its pass ends."""

    owner: str
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
        self._active: dict[str, set[str]] = {}
        """The ids of what is under way, by owner."""
        self._newest = 0.0
        self._looks = 0
        self._well = True

    def join(self, owner: str, since: float, until: float) -> Listener | None:
        """A new listener, who hears first what of theirs changed since then; None where there are too many."""
        if len(self._listeners) >= MOST:
            return None
        listener = Listener(owner, since, until)
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
                    self._active = {}
                    for one in await asyncio.to_thread(self._studio().everyone.under_way):
                        self._active.setdefault(one.owner, set()).add(one.id)
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
        self._tell(fresh, now, whole)
        for one in new:
            missed = [
                change
                for change in found
                if change.owner == one.owner and change.changed_at >= one.since - OVERLAP
            ]
            reset = self._forgot(one, now) or not whole
            self._put(one, self._message(one.owner, missed, now, reset=reset))
            one.greeted = True
        for one in [one for one in self._listeners if one.until < now]:
            self._end(one)

    def _tell(self, fresh: Sequence[Change], now: float, whole: bool) -> None:
        """Each what is theirs, and now and then that all is well; one message for all tabs of a person."""
        news: dict[str, list[Change]] = {}
        for change in fresh:
            news.setdefault(change.owner, []).append(change)
        everybody = not whole or self._looks % BEAT == 0
        messages: dict[str, str] = {}
        for one in [one for one in self._listeners if one.greeted and (everybody or one.owner in news)]:
            if one.owner not in messages:
                messages[one.owner] = self._message(one.owner, news.get(one.owner, []), now, reset=not whole)
            self._put(one, messages[one.owner])

    def _now(self) -> float:
        return self._studio().everyone.now()

    @staticmethod
    def _forgot(listener: Listener, now: float) -> bool:
        return listener.since < now - MEMORY

    def _changes(self, since: float) -> tuple[list[Change], bool]:
        """Runs in a thread. Gives the changes, and whether these are all of them."""
        found: list[Change] = []
        for _ in range(PAGES):
            page = self._studio().everyone.changes(since)
            found += page
            if len(page) < PAGE:
                return found, True
            since = page[-1].changed_at
        return found, False

    def _remember(self, found: Sequence[Change], now: float, whole: bool) -> None:
        for change in found:
            theirs = self._active.setdefault(change.owner, set())
            (theirs.discard if change.state in ENDED else theirs.add)(change.id)
        self._newest = max([self._newest, *(change.changed_at for change in found)]) if whole else now
        horizon = self._newest - OVERLAP
        self._known = {one.id: one.changed_at for one in found if one.changed_at >= horizon}

    def _message(self, owner: str, changes: Sequence[Change], now: float, *, reset: bool) -> str:
        """Nothing secret, no name of a person, no word of a prompt."""
        told = [] if reset else [[one.id, one.model, one.state, one.changed_at] for one in changes]
        under_way = len(self._active.get(owner, ()))
        return json.dumps({"run": RUN, "at": now, "underWay": under_way, "reset": reset, "changes": told})

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
