"""Asks a provider about a submitted generation until there is an end, and brings the videos home.

A deadline of ours is never a failure: it asks for as long as the provider knows the generation.
"""

from __future__ import annotations

import asyncio
import logging
import time

from components.catalog import model
from components.engine.context import Context
from components.engine.save import DISK, DiskRefused, save, save_early
from components.errors import (
    AccessDenied,
    KeyRefused,
    NotConfigured,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    ProviderTrouble,
    RecordMissing,
    StudioError,
)
from components.library.records import Generation, State
from components.providers.base import Done, Failed, Running

log = logging.getLogger(__name__)

GROWTH, SLOWEST, PATIENT_AFTER, PATIENT = 1.5, 10.0, 1800.0, 60.0
MISSING_GRACE = 120.0
"""Seconds after submission in which "no such request" is the provider's own delay, not the truth."""
WORTH_TELLING = (KeyRefused, AccessDenied, NotConfigured)
LOST = StudioError(
    "The video had arrived, but its file is gone from the data folder.",
    "Look at your history at the provider: it may still be there.",
)


async def collect(context: Context, generation_id: str) -> None:
    """Runs until the generation has ended; safe to start again after a crash."""
    pace, began = context.settings.poll_seconds, time.monotonic()
    while not await context.ask.run(ask_once, context, generation_id):
        await asyncio.sleep(PATIENT if time.monotonic() - began > PATIENT_AFTER else pace)
        pace = min(pace * GROWTH, max(SLOWEST, context.settings.poll_seconds))


def ask_once(context: Context, generation_id: str) -> bool:
    """Asks once and saves what there is; tells whether the generation has ended."""
    try:
        return _ask(context, generation_id)
    except NotFound:
        return True
    except Exception:
        # An end of the workflow would leave a paid video behind for good, whatever happened here.
        log.exception("asking after generation %s", generation_id)
        return False


def _ask(context: Context, generation_id: str) -> bool:
    generation = context.generations.get(generation_id)
    if generation.state not in ("running", "saving"):
        return True
    try:
        return _advance(context, generation)
    except RecordMissing as missing:
        return _forgotten(context, generation, missing)
    except (*WORTH_TELLING, DiskRefused) as hindrance:
        log.warning("generation %s: %s", generation_id, hindrance.__cause__ or hindrance)
        context.generations.note(generation_id, DISK if isinstance(hindrance, DiskRefused) else hindrance.info())
    except StudioError as trouble:
        if isinstance(trouble, ProviderError) and not isinstance(trouble, OutcomeUnknown):
            log.info("generation %s: %s", generation_id, trouble.message)
            return False
        # Done without a video, an unsafe link, a file too large: asking again changes nothing.
        return _end(context, generation, "uncertain", trouble)
    return False


def _forgotten(context: Context, generation: Generation, missing: RecordMissing) -> bool:
    """The provider does not know it: not yet, or no longer. What has come home outlives its memory."""
    if time.time() - (generation.submitted_at or 0) < MISSING_GRACE:
        return False
    if generation.outputs and save(context, generation.id, None):
        return True
    return _end(context, generation, "uncertain", missing)


def _advance(context: Context, generation: Generation) -> bool:
    if generation.operation is None:
        # A blocking answer has no operation: what it brought lies received, or was lost with the process.
        return save(context, generation.id, None) or _end(context, generation, "uncertain", LOST)
    provider = context.connections.provider(model(generation.model).provider, sandbox=generation.sandbox)
    found = provider.check(generation.operation)
    if isinstance(found, Failed):
        return _end(context, generation, "failed", found.error)
    if isinstance(found, Done) or found.results:
        return _bring_home(context, generation, found)
    if generation.error:
        context.generations.note(generation.id, None)
    return False


def _bring_home(context: Context, generation: Generation, found: Done | Running) -> bool:
    try:
        if isinstance(found, Done):
            return save(context, generation.id, found)
        save_early(context, generation, found.results)
        return False
    except ProviderTrouble as trouble:
        context.generations.note(generation.id, trouble.info())
        raise


def _end(context: Context, generation: Generation, state: State, error: StudioError) -> bool:
    context.generations.move(
        generation.id,
        ("running", "saving"),
        state,
        error=error.info().model_dump(),
    )
    return True
