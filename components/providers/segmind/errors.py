"""Tells what Segmind's error answers mean; what is said of each stands in `components.providers.refusals`.

Sources, read 2026-11-20: Segmind's page of bytedance-humo (400 401 403 404 406 429 500 502 504), its API
reference (405 as HTML, 410, 422 for a failed job, reset header of 429, "only 200 outcomes are billed").
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from components.providers.declarations import Key
from components.providers.http import Answer
from components.providers.refusals import Kind, Meaning, Refusals
from components.providers.wording import find_words, words_of

# As published clients link it on a 406, e.g. with ?type=TOPUP (read 2026-11-20); Segmind's docs name no address.
BILLING = "https://cloud.segmind.com/billing"
CREDITS = re.compile(r"credit|balance|spend limit|insufficient", re.IGNORECASE)
BY_STATUS: dict[int, Kind] = {
    400: "refused",
    401: "key",
    402: "credits",
    403: "access",
    404: "gone",
    405: "gone",
    406: "refused",
    410: "gone",
    422: "refused",
    429: "busy",
    500: "broken",
}
UNKNOWN_MODEL = re.compile(
    r"model\b.*\b(not found|not exist|unknown|not available|retired|deprecated|removed)"
    r"|\b(no such|unknown|retired|deprecated)\b.*\bmodel|no longer (available|offered|supported)"
    r"|method not allowed",
    re.IGNORECASE | re.DOTALL,
)
"""How the address of a model says that it has none to run: only its own words prove that nothing was started."""


def meaning(answer: Answer) -> Meaning:
    """What an error answer to a submission or a question means."""
    words = words_of(answer.json())
    kind = BY_STATUS.get(answer.status, "unknown")
    # 406 has several senses, and its text alone tells them apart.
    if answer.status == 406 and CREDITS.search(words):
        kind = "credits"
    # The same codes come from whatever stands in front, and of a request that has expired.
    if kind == "gone" and not UNKNOWN_MODEL.search(words or _page(answer)):
        kind = "unknown"
    wait = _seconds_until(answer.headers.get("x-rate-limit-reset-at-utc"))
    return Meaning(kind, words, retry_after=wait, status=answer.status)


def _page(answer: Answer) -> str:
    """The beginning of an answer that is no JSON: the documented 405 is a page."""
    return answer.content[:2000].decode("utf-8", "replace") if answer.json() is None else ""


def of_job(error: Any) -> Meaning:
    """A job that ran and failed (HTTP 422 on v2): its `error` is a text, or a list or an object that holds one."""
    return Meaning("failed", find_words(error))


def _seconds_until(when: str | None) -> float | None:
    """Seconds until the reset that the header names (ISO 8601, UTC), or None."""
    if not when:
        return None
    try:
        at = datetime.fromisoformat(when.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


SEGMIND = Refusals("Segmind", BILLING, (Key("segmind_api_key", placeholder="SG_…"),), meaning, failures_free=True)
