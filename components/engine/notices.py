"""Tells people elsewhere of what has ended. Beside the work, never in its way: what fails is noted and let go.

Each process that works looks for what is due; one of them claims it, and sends it once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from components.engine.delivery import deliver
from components.engine.notice_words import notice
from components.library.notices import NoticeAddresses, Outbox
from components.library.records import NoticeTrouble
from components.library.roles import Roles
from components.library.seals import CannotOpen, Seals
from components.settings import Settings

log = logging.getLogger(__name__)

PERIOD = 2.0
"""Seconds between two looks."""
AT_ONCE, PATIENCE = 4, 5.0
"""Deliveries at a time, so that one slow place holds up few; and seconds that a stop waits for them."""
PURPOSE = "notices"
"""Of the seals of addresses."""


class Teller:
    """Looks, claims and sends, until it is closed."""

    def __init__(self, database: sa.Engine, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._outbox, self._seals = Outbox(database), Seals(settings, PURPOSE)
        self._roles = Roles(database, settings)
        self._free, self._closing = threading.Semaphore(AT_ONCE), threading.Event()
        self._sending: set[threading.Thread] = set()

    def run(self) -> None:
        well = True
        while not self._closing.wait(PERIOD):
            try:
                self.look()
                well = True
            except Exception as trouble:
                if well:
                    log.warning("looking for notices: %s", type(trouble).__name__)
                well = False

    def close(self) -> None:
        """What has been claimed may still leave, for a while; what waits is told after the next start."""
        self._closing.set()
        until = time.monotonic() + PATIENCE
        for thread in list(self._sending):
            thread.join(max(0.0, until - time.monotonic()))

    def look(self) -> None:
        """Begins to tell everybody for whom something is due."""
        for owner in self._outbox.due():
            if self._closing.is_set() or not self._free.acquire(blocking=False):
                return
            thread = threading.Thread(target=self._tell_and_free, args=(owner,), daemon=True, name="notice")
            self._sending.add(thread)
            thread.start()

    def _tell_and_free(self, owner: str) -> None:
        try:
            self.tell(owner)
        except Exception as trouble:
            # Its words could name the address.
            log.warning("telling of what has ended: %s", type(trouble).__name__)
        finally:
            self._free.release()
            self._sending.discard(threading.current_thread())

    def tell(self, owner: str) -> None:
        """Tells one person, unless another process does."""
        rows = NoticeAddresses(self._database, owner)
        kept = rows.get()
        if kept is None or not self._roles.may_make(owner):
            # What had been noted before they were taken out of the studio.
            self._outbox.drop(owner)
            return
        try:
            address = self._seals.open(owner, kept.sealed)
        except CannotOpen:
            # Unclaimed, so that a process with the right secret may tell it.
            _not_delivered(rows, "sealed", known=kept.shown.trouble)
            return
        ended = self._outbox.claim(owner)
        if not ended:
            return
        body = notice(ended, words=kept.shown.words, public_url=self._settings.public_url)
        verdict = deliver(address, self._settings.notice_hosts, body).verdict
        if verdict == "ok":
            rows.delivered()
        else:
            _not_delivered(rows, "private" if verdict == "private" else "failed")


def _not_delivered(rows: NoticeAddresses, trouble: NoticeTrouble, known: NoticeTrouble | None = None) -> None:
    if trouble != known:
        rows.not_delivered(trouble)
        log.warning("a notice was not delivered: %s", trouble)


@contextmanager
def telling(database: sa.Engine, settings: Settings) -> Iterator[None]:
    """While the engine runs."""
    teller = Teller(database, settings)
    thread = threading.Thread(target=teller.run, daemon=True, name="notices")
    thread.start()
    try:
        yield
    finally:
        teller.close()
        thread.join(PATIENCE)
