"""Tells what Runware's errors mean; what is said of each stands in `components.providers.refusals`.

Sources, read 2026-11-20: runware.ai/docs/platform/errors (three shapes; 400 401 402 403 404),
/docs/platform/rate-limits (429 and 503: the queue is full, nothing is started), the grouping of codes in
github.com/Runware/runware-typescript 1.6.8: there are hundreds of codes and they change, so groups decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from components.providers.declarations import Key
from components.providers.http import Answer
from components.providers.refusals import Kind, Meaning, Refusals
from components.providers.wording import clean, wait_seconds

BILLING = "https://my.runware.ai/wallet"
CONFLICT = "conflictTaskUUID"

Group = Literal[
    "credits",
    "busy",
    "unsafe",
    "key",
    "access",
    "timeout",
    "missing",
    "model",
    "server",
    "provider",
    "request",
    "",
]
# The first that fits decides.
GROUPS: tuple[tuple[Group, re.Pattern[str]], ...] = (
    ("credits", re.compile(r"credits|quota|balance|paymentRequired", re.I)),
    ("busy", re.compile(r"rateLimit|tooManyRequests|queueFull|concurrency", re.I)),
    ("unsafe", re.compile(r"contentPolicy|sensitiveContent|unsafe|nsfw|(prompt|image)Blocked|moderation", re.I)),
    ("access", re.compile(r"^forbidden|accountSuspended|accountDisabled", re.I)),
    ("key", re.compile(r"apiKey|unauthorized|authentication", re.I)),
    ("timeout", re.compile(r"timeout", re.I)),
    ("model", re.compile(r"model.*(notFound|unavailable|disabled)|noAvailableServer", re.I)),
    ("missing", re.compile(r"(notFound|expired)$", re.I)),
    ("server", re.compile(r"internalServerError|serviceUnavailable|serverError", re.I)),
    ("provider", re.compile(r"^provider|inferenceError|taskFailed|downloadFailed", re.I)),
    ("request", re.compile(r"^(invalid|missing|conflict|duplicate|unsupported|value|array|max)", re.I)),
)
BY_STATUS: dict[int, Group] = {
    400: "request",
    401: "key",
    402: "credits",
    403: "access",
    404: "model",
    429: "busy",
    503: "busy",
}
OF_REQUEST: dict[Group, Kind] = {
    "credits": "credits",
    "key": "key",
    "access": "access",
    "model": "gone",
    "unsafe": "unsafe",
    "busy": "busy",
    "request": "refused",
    "missing": "refused",
}
OF_JOB: dict[Group, Kind] = {"credits": "credits", "unsafe": "stopped", "timeout": "late"}


@dataclass(frozen=True)
class Problem:
    """One error of an answer, whichever of the three shapes it came in."""

    code: str = ""
    message: str = ""
    parameters: tuple[str, ...] = ()
    of_job: bool = False
    """It stands with a result, so it is the job's and not the question's."""
    names_task: bool = False
    """It bears the task's own number."""

    @property
    def group(self) -> Group:
        return next((group for group, pattern in GROUPS if pattern.search(self.code)), "")


def problems(body: Any, task_uuid: str = "") -> list[Problem]:
    """The errors of an answer: a list, a single one before any result, or inside the items of `data`."""
    if not isinstance(body, dict):
        return []
    listed = [error for error in _objects(body.get("errors")) if _is_of(error, task_uuid)]
    found = [_problem(error, error, of_job=str(error.get("status", "")).lower() == "error") for error in listed]
    if isinstance(body.get("error"), dict) and _is_of(body, task_uuid):
        found.append(_problem(body["error"], body, of_job=False))
    for item in _objects(body.get("data")):
        if str(item.get("status", "")).lower() in ("error", "failed") and _is_of(item, task_uuid):
            inner = item.get("error")
            found.append(_problem(inner if isinstance(inner, dict) else item, item, of_job=True))
    return found


def meaning(answer: Answer) -> Meaning:
    """What an error answer to a submission, an upload or a question means."""
    found = problems(answer.json())
    problem = found[0] if found else Problem()
    group = problem.group or BY_STATUS.get(answer.status, "")
    kind = OF_REQUEST.get(group, "unknown")
    if answer.status in (429, 503) and group in ("server", "provider", "timeout"):
        kind = "busy"
    elif answer.status >= 500 and not (answer.status == 503 and found and kind in ("busy", "gone")):
        # Whatever word stands in it: a server that failed proves nothing. Runware's own 503 alone is documented: a
        # full queue; one without its words may be of whatever stands in front.
        kind = "unknown"
    elif found and 400 <= answer.status < 500 and group in ("", "provider"):
        kind = "refused"
    wait = wait_seconds(answer.headers.get("Retry-After"))
    return Meaning(kind, problem.message, problem.parameters, wait, answer.status)


def of_job(problem: Problem) -> Meaning:
    """A job that was taken and failed."""
    return Meaning(OF_JOB.get(problem.group, "failed"), problem.message)


def _problem(error: dict[str, Any], around: dict[str, Any], *, of_job: bool) -> Problem:
    code, message, named = error.get("code"), error.get("message"), error.get("parameter")
    names = named if isinstance(named, list) else [named]
    return Problem(
        code if isinstance(code, str) else "",
        message if isinstance(message, str) else "",
        tuple(clean(name).rstrip(".") for name in names if isinstance(name, str) and name),
        of_job,
        isinstance(around.get("taskUUID"), str),
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _is_of(item: dict[str, Any], task_uuid: str) -> bool:
    """Whether it speaks of this task; what names none is about all."""
    named = item.get("taskUUID")
    return not task_uuid or not isinstance(named, str) or named.lower() == task_uuid


RUNWARE = Refusals("Runware", BILLING, (Key("runware_api_key"),), meaning)
