"""What the workflow's steps work with: the library, the storage, the providers, the pace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from components.engine.calls import Calls
from components.engine.connections import Connections
from components.engine.pace import Turnstile
from components.engine.threads import Threads
from components.engine.turns import Turns
from components.library.assets import Assets
from components.library.generations import Generations
from components.library.keys import Keys
from components.library.storage import Storage
from components.library.webhooks import Webhooks
from components.providers.base import Done
from components.settings import Settings

SEND_SLOTS = 32
ASK_SLOTS = 48


class Sends:
    """Counts the paid requests that are out, and lets no new one leave once the server is closing."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._out = 0
        self._closing = False

    @property
    def out(self) -> int:
        return self._out

    @property
    def closing(self) -> bool:
        return self._closing

    @contextmanager
    def one(self) -> Iterator[bool]:
        """Whether a request may leave now; while inside, closing waits for it."""
        with self._changed:
            allowed = not self._closing
            self._out += allowed
        try:
            yield allowed
        finally:
            with self._changed:
                self._out -= allowed
                self._changed.notify_all()

    def close(self, seconds: float) -> bool:
        """Stops new sends and waits for those that are out; whether all came back."""
        with self._changed:
            self._closing = True
            return self._changed.wait_for(lambda: self._out == 0, seconds)


@dataclass
class Context:
    """One per process. `send` threads are the send slots: a slot is taken before a generation is claimed."""

    settings: Settings
    generations: Generations
    assets: Assets
    storage: Storage
    keys: Keys
    connections: Connections
    turnstile: Turnstile
    webhooks: Webhooks
    sends: Sends = field(default_factory=Sends)
    send: Threads = field(default_factory=lambda: Threads(SEND_SLOTS))
    ask: Threads = field(default_factory=lambda: Threads(ASK_SLOTS))
    asking: Turns = field(default_factory=Turns)
    calls: Calls = field(init=False)
    answers: dict[str, Done] = field(default_factory=dict)
    """Answers whose videos are not home yet, by generation. A link is never written down, so they end with the
    process."""

    def __post_init__(self) -> None:
        self.calls = Calls(self.webhooks, self.asking)


_current: list[Context] = []


def use(context: Context | None) -> None:
    """Sets the context that the workflow's steps find; the engine allows one a process."""
    _current[:] = [context] if context else []


def current() -> Context:
    return _current[0]
