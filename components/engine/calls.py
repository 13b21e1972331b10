"""Sees to it that a provider's call leads to a check, whichever process of the studio took the call.

It looks at the database for all generations that this process asks after, and only while it asks after any.
Used on the engine's event loop only.
"""

from __future__ import annotations

import asyncio
import logging

from components.engine.threads import Threads
from components.engine.turns import Turns
from components.library.webhooks import Webhooks

log = logging.getLogger(__name__)

PERIOD = 0.75
"""Seconds between two looks, so that a check begins within a second of the call."""


class Calls:
    """One task a process, however many generations there are."""

    def __init__(self, webhooks: Webhooks, asking: Turns) -> None:
        self._webhooks, self._asking = webhooks, asking
        # Of its own: a look waits for no provider.
        self._looks = Threads(1)
        self._watch: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """From now on, until nothing is asked after any more."""
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._watching())

    async def _watching(self) -> None:
        well = True
        while asked_after := self._asking.asked_after:
            try:
                for generation_id in await self._looks.run(self._webhooks.pick_up, asked_after):
                    self._asking.call(generation_id)
                well = True
            except Exception as trouble:
                # Without calls the asking is slower, and goes on.
                if well:
                    log.warning("looking for calls of providers: %s", type(trouble).__name__)
                well = False
            await asyncio.sleep(PERIOD)
