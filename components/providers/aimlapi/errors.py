"""Tells what AI/ML API's error answers mean; what is said of each stands in `components.providers.refusals`.

Source: github.com/aimlapi/api-docs (2026-08-21; errors 400 401 403 404 429 500 502 503 504, "failed requests
are never charged", 403 is an empty balance, 500 may be maintenance, a failed job may carry fal's `detail` list).
"""

from __future__ import annotations

import re
from typing import Any

from components.providers.declarations import Key
from components.providers.http import Answer
from components.providers.refusals import Kind, Meaning, Refusals
from components.providers.wording import find_words, wait_seconds, words_of

# github.com/aimlapi/api-docs, "How can I track my funds?", and the 403 of an empty account (both read 2026-11-20).
BILLING = "https://aimlapi.com/app/billing"
NO_RIGHT = re.compile(r"scope|permission|disabled|not allowed|verif", re.IGNORECASE)
MAINTENANCE = re.compile(r"maintenance", re.IGNORECASE)
UNSAFE = re.compile(r"content.?policy|nsfw|moderation|sensitive content|unsafe", re.IGNORECASE)
BY_STATUS: dict[int, Kind] = {
    400: "refused",
    401: "key",
    402: "credits",
    403: "credits",
    404: "gone",
    405: "gone",
    410: "gone",
    413: "refused",
    415: "refused",
    422: "refused",
    429: "busy",
    500: "broken",
}


def meaning(answer: Answer) -> Meaning:
    """What an error answer to a submission or a question means."""
    words = words_of(answer.json())
    kind = BY_STATUS.get(answer.status, "unknown")
    if answer.status == 403 and NO_RIGHT.search(words):
        kind = "access"
    if answer.status == 500 and MAINTENANCE.search(words):
        kind = "maintenance"
    wait = wait_seconds(answer.headers.get("Retry-After"))
    return Meaning(kind, words, retry_after=wait, status=answer.status)


def of_job(error: Any) -> Meaning:
    """A job that ran and failed: a text, `{name, message}`, or fal's `{"detail": [{"msg": ...}]}`."""
    return Meaning("stopped") if UNSAFE.search(str(error)) else Meaning("failed", find_words(error))


AIMLAPI = Refusals("AI/ML API", BILLING, (Key("aimlapi_api_key"),), meaning, failures_free=True)
