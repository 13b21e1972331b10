"""Reads Runware's answers: pure functions from an envelope of `data` and `errors` to what became of a task.

Sources, read 2026-11-20: runware.ai/docs/platform/task-polling and /media-storage, the readers of
github.com/Runware/runware-typescript 1.6.8 and PyPI `runware` 0.5.24. It asks nothing and knows no address.
"""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from components.errors import ErrorInfo, GenerationFailed, ProviderError
from components.providers.base import JSON, Done, Failed, Result, Running
from components.providers.http import Answer
from components.providers.runware.errors import CONFLICT, RUNWARE, Problem, of_job, problems
from components.providers.wording import dollars

FAILED_WORDS = ("error", "failed")
PLACEHOLDER = "1"
"""What a mediaUUID says while the file is still being taken."""
ABOUT_THE_QUESTION = ("key", "access", "busy")


def read_submission(answer: Answer, number: str) -> None:
    """The answer to a submission; raises where it was not taken, or nobody can tell."""
    found = problems(answer.json(), number)
    if any(problem.code == CONFLICT for problem in found):
        return  # this very number is there already: an earlier send was taken
    if answer.status not in (200, 201, 202) or (found and not _items(answer.json(), number)):
        raise RUNWARE.refusal(answer)
    if not isinstance(answer.json(), dict):
        raise RUNWARE.of("unknown")


def read_poll(answer: Answer, number: str, count: int) -> Running | Done | Failed | None:
    """What became of a task; None where Runware does not know it."""
    body = answer.json()
    items, found = _items(body, number), problems(body, number)
    if not items and _is_missing(answer, found):
        return None
    hindrance = _hindrance(answer, found)
    if hindrance and not items:
        raise hindrance
    return _state(items, found if hindrance is None else [], number, count)


def read_archive(answer: Answer, number: str, count: int) -> Running | Done | Failed | None:
    """The same from the archive, which keeps the whole of the old answer; None where it is not there either."""
    body = answer.json()
    found = problems(body, number)
    if not _items(body, number) and _is_missing(answer, found):
        return None
    if answer.status != 200 or (found and not _items(body, number)):
        raise RUNWARE.trouble(answer)
    for item in _items(body, number):
        kept = item.get("response")
        envelope = {"data": kept} if isinstance(kept, list) else kept
        items, found = _items(envelope, number), problems(envelope, number)
        if items or found:
            return _state(items, found, number, count)
    return None


def knows(answer: Answer, number: str) -> bool | None:
    """Whether the answer to a question shows that the task is known; None where it tells nothing."""
    body = answer.json()
    found = problems(body, number)
    if _items(body, number):
        return True
    if _is_missing(answer, found):
        return False
    return True if found and _hindrance(answer, found) is None else None


def read_media(answer: Answer) -> str | None:
    """The number of an uploaded file; None where it is still being taken. Raises where it was refused."""
    body = answer.json()
    found = problems(body)
    if any(problem.code == CONFLICT or problem.group == "missing" for problem in found):
        return None
    if answer.status not in (200, 201, 202) or found:
        raise RUNWARE.refusal(answer)
    for item in _items(body, ""):
        stored = item.get("mediaUUID")
        if isinstance(stored, str) and stored not in ("", PLACEHOLDER) and _is_uuid(stored):
            return stored
    return None


def _state(items: list[JSON], found: list[Problem], number: str, count: int) -> Running | Done | Failed:
    """Over only when every video that was asked for has come or failed, or nothing more is awaited."""
    told = [item for item in items if _url(item) and _word(item) in ("success", "")]
    made = list({_number(item): item for item in told}.values())
    waiting = [item for item in items if item not in told and _word(item) not in (*FAILED_WORDS, "success")]
    if len(made) < count and (waiting or not found):
        if len(made) + len([item for item in items if _word(item) == "success" and item not in told]) >= count:
            raise RUNWARE.of("no_video")
        return Running(next((word for item in waiting if (word := _word(item))), ""))
    if not made:
        return Failed(RUNWARE.error(of_job(found[0])))
    # Which comes first is not promised; by their own numbers they keep their places at every question.
    made.sort(key=_number)
    results = tuple(
        Result(url=_url(item), position=place, number=_number(item)) for place, item in enumerate(made)
    )
    costs = [cost for item in made if (cost := dollars(item.get("cost"))) is not None]
    total = sum(costs, Decimal(0)) if costs else None
    return Done(results, total, number, _note(len(made), count, found))


def _note(made: int, count: int, found: list[Problem]) -> ErrorInfo | None:
    """What to say where fewer came than were asked for."""
    if made >= count:
        return None
    why = RUNWARE.error(of_job(found[0]))
    few = f"{count - made} of {count} videos did not come."
    return ErrorInfo(code=GenerationFailed.code, message=f"{few} {why.message}", hint=why.hint)


def _hindrance(answer: Answer, found: list[Problem]) -> ProviderError | None:
    """What kept the question from being answered; None where the answer speaks of the task.

    An error code with a 4xx is the question's own, unless the error names the task.
    """
    if any(problem.of_job for problem in found):
        return None
    if answer.status in (401, 402, 403, 429) or answer.status >= 500:
        return RUNWARE.trouble(answer)
    if any(problem.group in ABOUT_THE_QUESTION for problem in found):
        return RUNWARE.trouble(answer)
    understood = isinstance(answer.json(), dict) and (answer.status == 200 or any(p.names_task for p in found))
    return None if understood else RUNWARE.trouble(answer)


def _is_missing(answer: Answer, found: list[Problem]) -> bool:
    """Whether Runware says that there is no such task; a job's own error may speak of a missing file."""
    if answer.status == 404 and not found:
        return True
    asked = [problem for problem in found if not problem.of_job]
    return bool(asked) and len(asked) == len(found) and all(_names_the_task(problem) for problem in asked)


def _names_the_task(problem: Problem) -> bool:
    unknown = problem.group == "missing" and not problem.parameters
    return unknown or (problem.group in ("missing", "request") and "taskUUID" in problem.parameters)


def _items(body: Any, number: str) -> list[JSON]:
    """The objects of `data` that speak of this task; what names none is taken for it."""
    data = body.get("data") if isinstance(body, dict) else None
    items = [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []
    return [item for item in items if not number or str(item.get("taskUUID") or number).lower() == number]


def _word(item: JSON) -> str:
    return str(item.get("status") or "").lower()


def _number(item: JSON) -> str:
    """A video's own number, else its address: the same video may be told twice."""
    return str(item.get("videoUUID") or item.get("mediaUUID") or _url(item))


def _url(item: JSON) -> str | None:
    for name in ("videoURL", "mediaURL"):
        value = item.get(name)
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            return value
    return None


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
