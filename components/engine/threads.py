"""Runs blocking calls beside an event loop, a limited number at a time, without holding up the exit."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import TypeVar

from components.engine.slots import Slots

T = TypeVar("T")


class Threads:
    """At most `limit` daemon threads: a blocking answer of minutes must not keep the server from stopping."""

    def __init__(self, limit: int) -> None:
        self._slots = Slots(limit)

    async def run(self, call: Callable[..., T], *arguments: object, owner: str = "") -> T:
        """The call's result; where there is no room at once, owners take turns."""
        async with self._slots.one(owner):
            loop = asyncio.get_running_loop()
            future: asyncio.Future[T] = loop.create_future()

            def settle(value: T | None, error: BaseException | None) -> None:
                if not future.cancelled():
                    future.set_exception(error) if error else future.set_result(value)  # type: ignore[arg-type]

            def work() -> None:
                value: T | None = None
                error: BaseException | None = None
                try:
                    value = call(*arguments)
                except BaseException as caught:
                    error = caught
                if not loop.is_closed():
                    loop.call_soon_threadsafe(settle, value, error)

            # With the caller's context: the log must know there too which generation it is about.
            inside = contextvars.copy_context()
            threading.Thread(target=inside.run, args=(work,), daemon=True, name=call.__name__).start()
            return await future
