"""Runware's errors as sentences: what is wrong, whether anything was charged, what to do next.

Sources, read 2026-11-20: runware.ai/docs/platform/errors (three shapes; 400 401 402 403 404),
/docs/platform/rate-limits (429 and 503: the queue is full, nothing is started), the grouping of codes in
github.com/Runware/runware-typescript 1.6.8: there are hundreds of codes and they change, so groups decide.
Runware's own words are shown only where they say what to correct, cut short and stripped of addresses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from components.errors import (
    AccessDenied,
    GenerationFailed,
    KeyRefused,
    ModelUnavailable,
    OutcomeUnknown,
    OutOfCredits,
    ProviderError,
    RateLimited,
    RequestRefused,
)
from components.providers.http import Answer
from components.providers.wording import clean, quoted, wait_seconds

BILLING = "https://my.runware.ai/wallet"
ASK_SUPPORT = "Generate again; if it stays so, ask Runware's support."
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
    422: "request",
    429: "busy",
    503: "busy",
}
PLAIN: dict[str, tuple[type[ProviderError], str, str]] = {
    "credits": (
        OutOfCredits,
        "The Runware account has too few credits for this video.",
        f"Nothing was charged. Buy credits at {BILLING} and generate again.",
    ),
    "key": (
        KeyRefused,
        "Runware does not accept the API key.",
        "Check RUNWARE_API_KEY in the settings; it may be mistyped, expired or revoked.",
    ),
    "access": (
        AccessDenied,
        "Runware does not let this key use the model.",
        "See in your Runware account whether it is active and what the key may do.",
    ),
    "model": (
        ModelUnavailable,
        "Runware does not offer this model at the moment.",
        "Nothing was charged. Try again later or try another model.",
    ),
    "unsafe": (
        RequestRefused,
        "Runware's safety check does not allow this portrait or this voice.",
        "Nothing was started. Choose another portrait or another recording.",
    ),
}
FAILED: dict[str, tuple[type[ProviderError], str, str]] = {
    "credits": PLAIN["credits"],
    "unsafe": (
        GenerationFailed,
        "Runware's safety check stopped this video.",
        "Choose another portrait or another recording.",
    ),
    "timeout": (
        GenerationFailed,
        "The video took too long at Runware and was given up there.",
        "Generate again; a shorter voice is quicker.",
    ),
}


@dataclass(frozen=True)
class Problem:
    """One error of an answer, whichever of the three shapes it came in."""

    code: str = ""
    message: str = ""
    parameters: tuple[str, ...] = ()
    of_job: bool = False
    """It stands with a result, so it is the job's and not the question's."""

    @property
    def group(self) -> Group:
        return next((group for group, pattern in GROUPS if pattern.search(self.code)), "")


def problems(body: Any, task_uuid: str = "") -> list[Problem]:
    """The errors of an answer: a list, a single one before any result, or inside the items of `data`."""
    if not isinstance(body, dict):
        return []
    listed = [error for error in _objects(body.get("errors")) if _is_of(error, task_uuid)]
    found = [_problem(error, of_job=str(error.get("status", "")).lower() == "error") for error in listed]
    if isinstance(body.get("error"), dict) and _is_of(body, task_uuid):
        found.append(_problem(body["error"], of_job=False))
    for item in _objects(body.get("data")):
        if str(item.get("status", "")).lower() in ("error", "failed") and _is_of(item, task_uuid):
            inner = item.get("error")
            found.append(_problem(inner if isinstance(inner, dict) else item, of_job=True))
    return found


def refusal(answer: Answer) -> ProviderError:
    """What an error answer to a submission, an upload or a question means."""
    found = problems(answer.json())
    problem = found[0] if found else Problem()
    group = problem.group or BY_STATUS.get(answer.status, "")
    if group == "busy" or (answer.status in (429, 503) and group in ("server", "provider", "timeout")):
        return _busy(answer)
    if group in PLAIN:
        kind, message, hint = PLAIN[group]
        return kind(message, hint)
    if group in ("request", "missing") or (found and answer.status < 500 and group in ("", "provider")):
        return _refused(problem)
    return unknown_outcome(f"Runware gave no useful answer (HTTP {answer.status}).")


def failed_job(problem: Problem) -> ProviderError:
    """A job that was taken and failed."""
    if problem.group in FAILED:
        kind, message, hint = FAILED[problem.group]
        return kind(message, hint)
    return GenerationFailed(
        f"The video failed at Runware.{quoted(problem.message)}", "Change the input and generate again."
    )


def unknown_outcome(message: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        message,
        "The video may still be made and charged: look at your history at Runware before you generate again.",
    )


def _refused(problem: Problem) -> RequestRefused:
    named = f" because of {', '.join(problem.parameters)}" if problem.parameters else ""
    return RequestRefused(
        f"Runware refused the request{named}.{quoted(problem.message)}",
        "Nothing was charged. Correct it and generate again.",
    )


def _busy(answer: Answer) -> RateLimited:
    return RateLimited(
        "Runware's queue is full at the moment.",
        "Nothing was charged. Wait a minute and generate again.",
        retry_after=wait_seconds(answer.headers.get("Retry-After")),
    )


def _problem(error: dict[str, Any], *, of_job: bool) -> Problem:
    code, message, named = error.get("code"), error.get("message"), error.get("parameter")
    names = named if isinstance(named, list) else [named]
    return Problem(
        code if isinstance(code, str) else "",
        message if isinstance(message, str) else "",
        tuple(clean(name).rstrip(".") for name in names if isinstance(name, str) and name),
        of_job,
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _is_of(item: dict[str, Any], task_uuid: str) -> bool:
    """Whether it speaks of this task; what names none is about all."""
    named = item.get("taskUUID")
    return not task_uuid or not isinstance(named, str) or named.lower() == task_uuid
