"""A proxy that takes connections, answers nothing, and counts them."""

from __future__ import annotations

import socket
import threading
from types import TracebackType


class Swallower:
    """Listens on loopback while the block lasts."""

    def __init__(self) -> None:
        self.taken: list[socket.socket] = []

    def __enter__(self) -> Swallower:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._take)
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for taken in self.taken:
            taken.close()

    def _take(self) -> None:
        while True:
            try:
                self.taken.append(self._listener.accept()[0])
            except OSError:
                return
