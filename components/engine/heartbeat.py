"""Says that this worker is alive, takes up what dead ones left, and ends this one where it cannot say so.

DBOS 3.4 leaves the pending work of a dead executor alone for ever (issue dbos-transact-py#453, read 2026-11-20).
So each worker has a row of its own, and whoever first sees work whose executor has none puts it back in the queue.
A worker that the others may take for dead has stopped sending before they do.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from dbos import DBOS

from components.engine.context import Sends
from components.library.workers import Workers

log = logging.getLogger(__name__)

BEAT, FENCE, SILENCE = 2.0, 6.0, 8.0
"""Seconds between two beats; without one after which a worker ends itself; and after which it counts as dead."""
LOOK, LAST_WORDS = 0.25, 1.0

JOBS = sa.table("workflow_status", sa.column("status"), sa.column("executor_id"), schema="dbos")


class Heartbeat:
    """Three threads: one beats, one watches that it does, one takes up what nobody works on."""

    def __init__(self, database: sa.Engine, worker_id: str, sends: Sends, end: Callable[[], None]) -> None:
        self._database, self._workers, self._id = database, Workers(database), worker_id
        self._sends, self._end = sends, end
        self._closing = threading.Event()
        self._heard_at = time.monotonic()

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Alive from here, before any work is taken, to the clean end, which frees what is left."""
        self._workers.join(self._id)
        self._heard_at = time.monotonic()
        for task in (self._beat, self._watch):
            threading.Thread(target=task, daemon=True, name=f"heartbeat{task.__name__}").start()
        try:
            yield
        finally:
            self._closing.set()
            self._workers.leave(self._id)

    @contextmanager
    def taking_up(self) -> Iterator[None]:
        """While the engine runs: work without a worker comes back into the queue.

        It ends before the beating does: a worker that waits for its last answers is alive.
        """
        closing = threading.Event()
        thread = threading.Thread(target=self._take_up, args=(closing,), daemon=True, name="takeover")
        thread.start()
        try:
            yield
        finally:
            closing.set()
            thread.join(SILENCE)

    def _beat(self) -> None:
        while not self._closing.wait(BEAT):
            began = time.monotonic()
            try:
                known = self._workers.beat(self._id)
            except sa.exc.SQLAlchemyError as trouble:
                log.warning("heartbeat: %s", type(trouble).__name__)
                continue
            if not known and not self._closing.is_set():
                self._stop("The other workers took this one for dead, because it was silent for too long.")
            self._heard_at = began

    def _watch(self) -> None:
        """Apart from the beat, because a connection that hangs answers nothing."""
        while not self._closing.wait(LOOK):
            if time.monotonic() - self._heard_at > FENCE:
                self._stop(f"This worker could not reach the database for {FENCE:g} seconds.")

    def _stop(self, why: str) -> None:
        self._sends.close(0)
        # Even if nobody reads what it says, and its last words wait for a reader for ever.
        threading.Timer(LAST_WORDS, self._end).start()
        log.error("%s It ends; another takes up its work. Start it again.", why)
        self._end()

    def _take_up(self, closing: threading.Event) -> None:
        while True:
            try:
                self._workers.bury(SILENCE)
                orphans = _executors_of_pending(self._database) - self._workers.alive(SILENCE)
                if orphans:
                    log.info("taking up the work of %d workers", len(orphans))
                    DBOS._recover_pending_workflows(sorted(orphans))
            except Exception:
                log.exception("taking up what nobody works on")
            if closing.wait(BEAT):
                return


def _executors_of_pending(database: sa.Engine) -> set[str]:
    with database.connect() as connection:
        pending = sa.select(JOBS.c.executor_id).where(JOBS.c.status == "PENDING").distinct()
        return {str(executor) for executor in connection.execute(pending).scalars() if executor}
