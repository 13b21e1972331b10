"""Does its tasks once at the start and then once a day, beside everything else. Knows no screen and no table."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)
DAY, PATIENCE = 86400.0, 5.0


class Housekeeping:
    """A thread that never stands in anybody's way: what fails is logged and tried again the next day."""

    def __init__(self, *tasks: Callable[[], object]) -> None:
        self._tasks, self._closing = tasks, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="housekeeping")
        self._thread.start()

    def close(self) -> None:
        """Lets a task that is under way come to its end, for a while."""
        self._closing.set()
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        while True:
            for task in self._tasks:
                self._try(task)
            if self._closing.wait(DAY):
                return

    @staticmethod
    def _try(task: Callable[[], object]) -> None:
        try:
            task()
        except Exception:
            log.exception("housekeeping")
