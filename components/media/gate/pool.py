"""A few warm children that take turns; whoever finds all of them busy waits."""

from __future__ import annotations

import atexit
import queue
from contextlib import suppress
from typing import Any

from components.errors import StorageTrouble
from components.media.gate.worker import Task, Worker


class Pool:
    """At most `size` children, started when they are first needed, or all at once by `warm`."""

    def __init__(self, size: int) -> None:
        # The last one back is the next to go: the others need not be started as long as one does.
        self._places: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._workers, self._closed = set[Worker](), False
        for _ in range(size):
            self._places.put(None)
        atexit.register(self.close)

    def warm(self) -> None:
        """Starts all that are not there yet; nobody waits until they are ready."""
        waiting: list[Worker | None] = []
        with suppress(queue.Empty):  # those that work are there already
            while True:
                waiting.append(self._places.get_nowait())
        for worker in waiting:
            self._places.put(worker or self._next())

    def ask(self, task: Task) -> Any:
        """What a child makes of the task; raises its refusal, or StorageTrouble where no child can be started."""
        worker = self._places.get()
        try:
            if worker is None or worker.spent:
                worker = self._replaced(worker)
            return worker.ask(task)
        finally:
            if worker and worker.spent:
                worker = self._next(worker)
            self._places.put(worker)

    def close(self) -> None:
        """Ends all of them, and with them what they are doing."""
        self._closed = True
        for worker in list(self._workers):
            self._drop(worker)

    def _next(self, worker: Worker | None = None) -> Worker | None:
        """Starts at once, to be ready before somebody needs it; where it cannot, the next one gets the error."""
        with suppress(StorageTrouble):
            return None if self._closed else self._replaced(worker)
        return None

    def _replaced(self, worker: Worker | None) -> Worker:
        if worker:
            self._drop(worker)
        return self._start()

    def _start(self) -> Worker:
        worker = Worker()
        self._workers.add(worker)
        return worker

    def _drop(self, worker: Worker) -> None:
        self._workers.discard(worker)
        worker.close()
