"""The durable workflow of one generation. Its inputs and results are ids and numbers, never contents.

The name and the order of the steps are a contract with the rows of running generations: change them only
with a new workflow name beside this one.
"""

from __future__ import annotations

import asyncio
import logging

from dbos import DBOS

from components.engine.collect import collect
from components.engine.context import current
from components.engine.submit import submit_once
from components.errors import NotFound
from components.logs import about

log = logging.getLogger(__name__)

NAME = "generate"
QUEUE = "generations"
AFTER_FAILURE = 15.0
VERSION = "1"
"""Fixed for ever: with another version the engine would leave the rows of running generations alone."""


@DBOS.step(name="submit", retries_allowed=False)
async def _submit(generation_id: str) -> float:
    context = current()
    try:
        with about(generation_id):
            generation = await asyncio.to_thread(context.generations.get, generation_id)
            await context.turnstile.turn(generation)
            return await context.send.run(submit_once, context, generation_id, owner=generation.owner)
    except NotFound:
        return 0.0
    except Exception:
        # The database failed. Safe to call again: the row itself says what may still be sent.
        log.exception("submitting generation %s", generation_id)
        return AFTER_FAILURE


@DBOS.step(name="collect", retries_allowed=False)
async def _collect(generation_id: str) -> None:
    with about(generation_id):
        await collect(current(), generation_id)


@DBOS.workflow(name=NAME, max_recovery_attempts=None)
async def generate(generation_id: str) -> None:
    """Sends the request once, then waits for the videos and saves them."""
    while (wait := await _submit(generation_id)) > 0:
        await DBOS.sleep_async(wait)
    await _collect(generation_id)
