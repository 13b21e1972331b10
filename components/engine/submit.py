"""The money rule: a generation's paid request leaves at most once, and what is known of it is on disk at once.

    queued --claim--> submitting --answer--> running | saving | failed | uncertain | queued again

Only an answer that proves that nothing was started leads back to `queued`. A generation found in
`submitting` after a restart was cut off in between: nobody knows, so a person decides.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from functools import partial
from typing import Any

from components.catalog import model
from components.engine import pauses
from components.engine.ceilings import released
from components.engine.context import Context
from components.engine.save import DISK, DiskRefused, save
from components.errors import (
    ErrorInfo,
    OutcomeUnknown,
    ProviderError,
    ProviderTrouble,
    StudioError,
    TryAgainLater,
)
from components.library.records import Generation, State
from components.providers.base import Body, Done, Input, InputFile, Provider, Started

log = logging.getLogger(__name__)

PATIENCE = 86400.0
"""Seconds for which a request that has started nothing is sent again."""
KEEP_WAITS = (2.0, 5.0, 15.0, 30.0, 60.0)
FIND_WAITS = (1.0, 5.0, 15.0)

BY_ITSELF = "Nothing was charged so far. The studio tries again by itself; you can cancel it."
GIVEN_UP = "The studio tried for a day. Nothing was charged. Generate again, or try another model."
UPLOAD_LOST = "The provider did not say whether it took a file."
CUT_OFF = ErrorInfo(
    code=OutcomeUnknown.code,
    message="The studio stopped while this request was on its way, so its fate is not known.",
    hint="Look at your history at the provider: if it is there, it was made and charged. If not, generate again.",
)
NOT_KEPT = ErrorInfo(
    code=OutcomeUnknown.code,
    message="The provider took the request, but this machine could not keep what it answered.",
    hint="Look at your history at the provider: the video may be there. Make sure that the disk has room.",
)
UNFORESEEN = ErrorInfo(
    code=StudioError.code,
    message="The studio itself failed on this request.",
    hint="Nothing was sent and nothing was charged. The terminal has the details; generate again.",
)


def submit_once(context: Context, generation_id: str) -> float:
    """Takes a queued generation to the provider.

    Returns:
        Seconds after which to call again, or 0 where there is nothing more to send.
    """
    generation = context.generations.get(generation_id)
    if generation.state == "submitting":
        _resume(context, generation)
        return 0.0
    if generation.state != "queued":
        return 0.0
    try:
        provider, body = _prepare(context, generation)
    except (TryAgainLater, ProviderTrouble, OutcomeUnknown) as later:
        # An upload that got lost has cost nothing: whatever became of it, the rest can start anew.
        return _again(context, generation, later)
    except StudioError as refused:
        context.generations.move(generation.id, "queued", "failed", error=refused.info().model_dump())
        return 0.0
    except Exception:
        log.exception("preparing generation %s", generation.id)
        context.generations.move(generation.id, "queued", "failed", error=UNFORESEEN.model_dump())
        return 0.0
    with context.sends.one() as allowed:
        return _send(context, generation, provider, body) if allowed else 1.0


def _prepare(context: Context, generation: Generation) -> tuple[Provider, Body]:
    """Everything that is free and may take its time comes before the claim."""
    spec = model(generation.model)
    provider = context.connections.provider_of(generation)
    inputs: dict[str, Input] = {}
    for name in spec.files():
        value = generation.parameters.get(name)
        if value:
            inputs[name] = _input(context, value, sandbox=generation.sandbox)
    rest = {name: value for name, value in generation.parameters.items() if name not in inputs}
    body = provider.prepare(spec, rest, inputs, generation.id)
    webhook = context.connections.webhook(spec.provider, generation.id, sandbox=generation.sandbox)
    return provider, provider.with_webhook(body, webhook) if webhook else body


def _input(context: Context, value: str, *, sandbox: bool) -> Input:
    if value.startswith("https://"):
        return value
    asset = context.assets.get(value)
    data = context.storage.read(asset.key)
    link = partial(context.connections.link, asset, lambda: data, sandbox=sandbox)
    return InputFile(data, asset.media_type, link)


def _send(context: Context, generation: Generation, provider: Provider, body: Body) -> float:
    claimed = context.generations.move(
        generation.id,
        "queued",
        "submitting",
        submitted_at=time.time(),
        error=None,
        # With the claim, for the call may be quicker than the answer.
        webhook="expected" if body.calls_back else None,
    )
    if not claimed:
        return 0.0
    try:
        answer = provider.start(body)
    except TryAgainLater as later:
        context.generations.move(generation.id, "submitting", "queued", submitted_at=None)
        return _again(context, context.generations.get(generation.id), later)
    except OutcomeUnknown as unknown:
        _end(context, generation, "uncertain", unknown.info())
    except ProviderError as refused:
        _end(context, generation, "failed", refused.info(), **released(generation, refused))
    except Exception:
        # Whatever went wrong here, the request had left: never let it be sent again.
        log.exception("unexpected failure while submitting %s", generation.id)
        _end(context, generation, "uncertain", CUT_OFF)
    else:
        _keep_answer(context, generation, answer)
    return 0.0


def _keep_answer(context: Context, generation: Generation, answer: Started | Done) -> None:
    """What was paid for is known to this thread alone: it tries for a while before it lets go."""
    for wait in (*KEEP_WAITS, 0.0):
        try:
            return _note_answer(context, generation, answer)
        except DiskRefused:
            with suppress(Exception):
                context.generations.note(generation.id, DISK)
        except ProviderError as trouble:
            log.info("generation %s: %s", generation.id, trouble.code)
        except StudioError as final:
            return _end(context, generation, "uncertain", final.info())
        except Exception:
            log.exception("keeping the answer to generation %s", generation.id)
        time.sleep(wait)
    if isinstance(answer, Done) and _hand_over(context, generation, answer):
        return None
    # Where the file had arrived, the state is `saving`, this moves nothing, and collecting goes on with it.
    return _end(context, generation, "uncertain", NOT_KEPT)


def _hand_over(context: Context, generation: Generation, answer: Done) -> bool:
    """Leaves an answer whose videos cannot be had yet to the collecting, which has the patience."""
    context.answers[generation.id] = answer
    with suppress(Exception):
        context.generations.move(generation.id, "submitting", "running")
        return True
    return False


def _note_answer(context: Context, generation: Generation, answer: Started | Done) -> None:
    if isinstance(answer, Started):
        context.generations.move(
            generation.id, "submitting", "running", operation=answer.operation, troubled_since=None
        )
    else:
        save(context, generation.id, answer)


def _resume(context: Context, generation: Generation) -> None:
    """After a restart in mid-submission: what had arrived, what the provider finds, else nobody knows."""
    if save(context, generation.id, None):
        return
    if not _is_found(context, generation):
        _end(context, generation, "uncertain", CUT_OFF)


def _is_found(context: Context, generation: Generation) -> bool:
    """Asks a provider that can be asked, a few times: it may have just taken it. What is another's stays so."""
    spec, sent_at = model(generation.model), generation.submitted_at or generation.created_at
    for wait in FIND_WAITS:
        try:
            provider = context.connections.provider_of(generation)
            found = provider.find(spec, generation.parameters, generation.id, sent_at)
        except StudioError as trouble:
            log.info("looking for generation %s: %s", generation.id, trouble.code)
            time.sleep(wait)
        else:
            return found is not None and context.generations.adopt(
                generation.id,
                "submitting",
                found.operation,
                provider.id_key,
                searched=not provider.chooses_ids,
                troubled_since=None,
            )
    return False


def _again(context: Context, generation: Generation, later: ProviderError) -> float:
    """Waits with a free generation, as often as it takes for a day, and says so; a person can cancel meanwhile."""
    if generation.troubled_since and time.time() - generation.troubled_since >= PATIENCE:
        over = _said(later, GIVEN_UP)
        context.generations.move(generation.id, "queued", "failed", error=over.model_dump())
        return 0.0
    wished = later.retry_after if isinstance(later, TryAgainLater) else None
    wait = pauses.before_next(generation.tries + 1, wished)
    return wait if context.generations.count_try(generation.id, _said(later, BY_ITSELF), wait) else 0.0


def _said(later: ProviderError, hint: str) -> ErrorInfo:
    """What happened, and what comes next: an error's own advice is for its end."""
    if isinstance(later, OutcomeUnknown):
        return ErrorInfo(code=ProviderTrouble.code, message=UPLOAD_LOST, hint=hint)
    return ErrorInfo(code=later.code, message=later.message, hint=hint)


def _end(context: Context, generation: Generation, state: State, error: ErrorInfo, **values: Any) -> None:
    context.generations.move(generation.id, "submitting", state, error=error.model_dump(), **values)
