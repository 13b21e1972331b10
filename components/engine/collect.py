"""Asks a provider about a submitted generation until there is an end, and saves the videos.

A deadline of ours is never a failure: it asks for as long as the provider may know the generation. Trouble makes
the pauses grow, is shown once it has lasted, and is no end either; a person can stop and resume the asking.
"""

from __future__ import annotations

import logging
import time
from typing import Literal

from components.catalog import model
from components.engine.ceilings import released
from components.engine.context import Context
from components.engine.save import DISK, KEPT_FOR, DiskRefused, save, save_early
from components.errors import (
    AccessDenied,
    ErrorInfo,
    KeyRefused,
    NotConfigured,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    ProviderTrouble,
    RecordMissing,
    StudioError,
)
from components.library.records import SILENT, SILENT_AFTER, Generation, State
from components.providers import provider as kind_of
from components.providers.base import Done, Failed, Running

log = logging.getLogger(__name__)

Outcome = Literal["ended", "on", "call", "trouble"]
"""What a question came to: the end, work that goes on, the same while a call is expected, or no useful answer."""

GROWTH, SLOWEST, PATIENT_AFTER, PATIENT = 1.5, 10.0, 1800.0, 60.0
SLOWED = 5.0
"""How much longer the pauses are while a call is expected; they go on, for it may never come."""
CALLS_APART = 1.0
"""Seconds between two questions at least that calls lead to, however many come."""
LONGEST_TROUBLE = 300.0
"""Seconds between two questions at most, however long there was nothing but trouble."""
MISSING_GRACE, MISSING_FOR = 120.0, 3600.0
"""Seconds after submission in which "no such request" is the provider's own delay; and for how long it must be all
that is heard before it counts as the truth."""
ODD_FOR = 3600.0
"""Seconds for which a provider may say "done" and name no video."""
ASKED_ON = "That may be for the moment only: the studio goes on asking by itself."
SHOWN_TO_PEOPLE = (KeyRefused, AccessDenied, NotConfigured)
HELD_FOR = KEPT_FOR
"""Seconds for which the videos of a blocking answer are tried for."""
LOST = StudioError(
    "The video had arrived, but its file is gone from the data folder.",
    "Look at your history at the provider: it may still be there.",
)
NOT_HOME = StudioError(
    "The provider made the video, but the studio could not bring it home in time.",
    "Look at your history at the provider: it may still be there.",
)


async def collect(context: Context, generation_id: str) -> None:
    """Runs until the generation has ended; safe to start again after a crash."""
    with context.asking.turn(generation_id) as turn:
        await turn.alone()
        if context.settings.public_url:
            context.calls.watch()
        first, began = context.settings.poll_seconds, time.monotonic()
        pace, troubles = first, 0
        while (outcome := await context.ask.run(ask_once, context, generation_id)) != "ended":
            if outcome == "trouble":
                # From the quickest on: a hiccup costs little time, and hours of trouble few questions.
                troubles += 1
                pause = min(first * GROWTH ** min(troubles, 50), max(LONGEST_TROUBLE, first))
                # A call may mean that it is over, but must not make a provider in trouble be asked each second.
                await turn.pause(pause, least=SLOWEST)
            else:
                troubles = 0
                pause = PATIENT if time.monotonic() - began > PATIENT_AFTER else pace
                await turn.pause(slowed(pause) if outcome == "call" else pause, least=CALLS_APART)
                pace = min(pace * GROWTH, max(SLOWEST, first))
        context.answers.pop(generation_id, None)


def slowed(pause: float) -> float:
    """The pause while a call is expected."""
    return max(min(pause * SLOWED, PATIENT), pause)


def ask_once(context: Context, generation_id: str) -> Outcome:
    """Asks once and saves what there is."""
    try:
        return _ask(context, generation_id)
    except NotFound:
        return "ended"
    except Exception:
        # An end of the workflow would leave a paid video behind for good, whatever happened here.
        log.exception("asking after generation %s", generation_id)
        return "trouble"


def _ask(context: Context, generation_id: str) -> Outcome:
    generation = context.generations.get(generation_id)
    if generation.state not in ("running", "saving"):
        return "ended"
    try:
        return _advance(context, generation)
    except (StudioError, DiskRefused) as failure:
        return _hindered(context, generation, failure)


def _hindered(context: Context, generation: Generation, failure: StudioError | DiskRefused) -> Outcome:
    log.info("generation %s: %s", generation.id, type(failure.__cause__ or failure).__name__)
    if isinstance(failure, RecordMissing):
        return _record_missing(context, generation, failure)
    if isinstance(failure, DiskRefused):
        return _trouble(context, generation, DISK)
    if isinstance(failure, SHOWN_TO_PEOPLE):
        return _trouble(context, generation, failure.info())
    if isinstance(failure, ProviderError) and not _is_odd_for_good(generation, failure):
        return _trouble(context, generation)
    # An unsafe link, an operation that holds no number: asking again changes nothing by itself.
    return _end(context, generation, "uncertain", failure)


def _is_odd_for_good(generation: Generation, failure: ProviderError) -> bool:
    """A "done" without a video: the next answer may have it, but not for ever."""
    since = generation.troubled_since or time.time()
    return isinstance(failure, OutcomeUnknown) and time.time() - since >= ODD_FOR


def _trouble(context: Context, generation: Generation, hindrance: ErrorInfo | None = None) -> Outcome:
    """Keeps since when there was no useful answer, and what a person shall know of it."""
    # Read anew: bringing home may have noted more.
    generation = context.generations.get(generation.id)
    since = generation.troubled_since or time.time()
    shown = hindrance or generation.error
    if shown is None and time.time() - since >= SILENT_AFTER:
        shown = silent(kind_of(model(generation.model).provider).name)
    if generation.troubled_since is None or shown != generation.error:
        context.generations.note(generation.id, shown, troubled_since=since)
    return "trouble"


def silent(name: str) -> ErrorInfo:
    """What is said after an hour of nothing but trouble; since when stands in the row."""
    return ErrorInfo(
        code=SILENT,
        message=f"{name} has not given a useful answer for more than an hour.",
        hint="The studio goes on asking by itself.",
    )


def _record_missing(context: Context, generation: Generation, missing: RecordMissing) -> Outcome:
    """The provider does not know it: not yet, or no longer. What has come home outlives its memory."""
    now = time.time()
    since = generation.missing_since or now
    if now - since >= MISSING_FOR:
        if generation.outputs and save(context, generation.id, None):
            return "ended"
        return _end(context, generation, "uncertain", missing)
    late = now - (generation.submitted_at or 0) >= MISSING_GRACE
    shown = ErrorInfo(code=missing.code, message=missing.message, hint=ASKED_ON) if late else generation.error
    if generation.missing_since is None or shown != generation.error:
        context.generations.note(generation.id, shown, missing_since=since)
    return "trouble"


def _advance(context: Context, generation: Generation) -> Outcome:
    if generation.operation is None or generation.operation.get("taken"):
        return _bring_home(context, generation)
    provider = context.connections.provider_of(generation)
    found = provider.check(generation.operation)
    if isinstance(found, Failed):
        return _end(context, generation, "failed", found.error)
    if isinstance(found, Done) or found.results:
        return _save_results(context, generation, found)
    return _on(context, generation)


def _bring_home(context: Context, generation: Generation) -> Outcome:
    """What a blocking answer told, or a link that a person gave: there is no number to ask by."""
    held = context.answers.get(generation.id)
    if held and time.time() - (generation.submitted_at or 0.0) < HELD_FOR:
        return _save_results(context, generation, held)
    # What it brought lies received, or is lost.
    if save(context, generation.id, None):
        return "ended"
    had_come = generation.state == "saving" or generation.operation is not None
    return _end(context, generation, "uncertain", LOST if had_come else NOT_HOME)


def _on(context: Context, generation: Generation) -> Outcome:
    """There was a useful answer, and it is no end."""
    if generation.error or generation.troubled_since or generation.missing_since:
        context.generations.note(generation.id, None, troubled_since=None, missing_since=None)
    return "call" if generation.webhook in ("expected", "called") else "on"


def _save_results(context: Context, generation: Generation, found: Done | Running) -> Outcome:
    try:
        if isinstance(found, Done) and not _has_unknown(generation, found):
            save(context, generation.id, found)
            return "ended"
        save_early(context, generation, found.results)
    except ProviderTrouble as trouble:
        if generation.error != trouble.info():
            context.generations.note(generation.id, trouble.info())
        raise
    if isinstance(found, Done):
        return _some_missing(context, generation)
    return _on(context, generation)


def _has_unknown(generation: Generation, done: Done) -> bool:
    """Whether some videos are only said to be unknown, and not for long enough."""
    return bool(done.unknown) and time.time() - (generation.missing_since or time.time()) < MISSING_FOR


def _some_missing(context: Context, generation: Generation) -> Outcome:
    if generation.missing_since is None:
        context.generations.note(generation.id, generation.error, missing_since=time.time())
    return "trouble"


def _end(context: Context, generation: Generation, state: State, error: StudioError) -> Outcome:
    context.generations.move(
        generation.id,
        ("running", "saving"),
        state,
        error=error.info().model_dump(),
        **(released(generation, error) if state == "failed" else {}),
    )
    return "ended"
