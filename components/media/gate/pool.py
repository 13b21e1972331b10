"""A few warm children that take turns; whoever finds all of them busy waits."""

from __future__ import annotations

import atexit
import queue
import threading
from typing import Any

from components.media.gate.worker import Task, Worker


class Pool:
    """At most `size` children, started when they are first needed, or all at once by `warm`."""

    def __init__(self, size: int) -> None:
        self._size = size
        # The last one back is the next to go: the others need not be started as long as one does.
        self._places: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._lock, self._workers, self._closed = threading.Lock(), set[Worker](), False
        for _ in range(size):
            self._places.put(None)
        atexit.register(self.close)

    def warm(self) -> None:
        """Starts all that are not there yet; nobody waits until they are ready."""
        with self._lock:
            waiting = [self._places.get_nowait() for _ in range(self._places.qsize())]
            for worker in waiting:
                self._places.put(worker or self._start())

    def ask(self, task: Task) -> Any:
        worker = self._places.get()
        try:
            if worker is None or worker.spent:
                worker = self._replaced(worker)
            return worker.ask(task)
        finally:
            self._places.put(self._after(worker))

    def close(self) -> None:
        """Ends all of them, and with them what they are doing."""
        self._closed = True
        for worker in list(self._workers):
            self._drop(worker)

    def _after(self, worker: Worker | None) -> Worker | None:
        """The next one starts at once: it is ready before somebody needs it."""
        if worker is None or not worker.spent or self._closed:
            return worker
        return self._replaced(worker)

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
