"""Runs an iterator in a thread of its own, a few steps before they are asked for. It knows no video.

PyAV lets other threads run while it decodes and scales, so the videos of a grid are decoded side by side.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue
from typing import Generic, TypeVar

Item = TypeVar("Item")

STEPS = 4


class Prefetch(Generic[Item]):
    """Gives what the iterator gives; `close` it, or its thread waits for ever."""

    def __init__(self, source: Iterator[Item]) -> None:
        self._source = source
        self._ready: Queue[tuple[Item] | Exception] = Queue(STEPS)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="prefetch")
        self._thread.start()

    def next(self) -> Item:
        """The next item; what the iterator raised is raised here, its end as `StopIteration`."""
        found = self._ready.get()
        if isinstance(found, Exception):
            raise found
        return found[0]

    def close(self) -> None:
        self._closed.set()
        while self._thread.is_alive():
            with suppress(Empty):  # it may wait for room
                self._ready.get(timeout=0.05)

    def _run(self) -> None:
        try:
            for item in self._source:
                self._ready.put((item,))
                if self._closed.is_set():
                    return
        except Exception as error:  # raised again where it is waited for
            self._ready.put(error)
        else:
            self._ready.put(StopIteration())
