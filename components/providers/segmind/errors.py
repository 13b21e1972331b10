"""Segmind's errors as sentences: what is wrong, whether anything was charged, what to do next.

Sources, read 2026-11-20: Segmind's page of bytedance-humo (400 401 403 404 406 429 500 502 504), its API
reference (405 as HTML, 410, 422 for a failed job, reset header of 429, "only 200 outcomes are billed").
The provider's own words are shown only where they name a parameter, cut short and stripped of addresses.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

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
from components.providers.wording import clean, find_words, quoted

# As published clients link it on a 406, e.g. with ?type=TOPUP (read 2026-11-20); Segmind's docs name no address.
BILLING = "https://cloud.segmind.com/billing"
ASK_SUPPORT = "Generate again; if it stays so, ask Segmind's support."
CREDITS = re.compile(r"credit|balance|spend limit|insufficient", re.IGNORECASE)

GONE = (
    ModelUnavailable,
    "Segmind does not offer this model at the moment.",
    "Nothing was charged. It may be unlisted or retired; try another model.",
)
PLAIN: dict[int, tuple[type[ProviderError], str, str]] = {
    401: (
        KeyRefused,
        "Segmind does not accept the API key.",
        "Check SEGMIND_API_KEY in the settings; it may be mistyped, expired or revoked.",
    ),
    403: (
        AccessDenied,
        "Segmind does not let this key use the model.",
        "See in your Segmind account which models the key may use.",
    ),
    404: GONE,
    405: GONE,
    410: GONE,
    500: (
        GenerationFailed,
        "Segmind's server failed on this request.",
        "It bills successful videos only. Try other settings (often a value is to blame) or try later.",
    ),
}


def refusal(answer: Answer) -> ProviderError:
    """What an error answer to a submission or a question means."""
    if answer.status in PLAIN:
        kind, message, hint = PLAIN[answer.status]
        return kind(message, hint)
    words = _words(answer)
    if answer.status == 402 or (answer.status == 406 and CREDITS.search(words)):
        return OutOfCredits(
            "The Segmind account has too few credits for this video.",
            f"Nothing was charged. Buy credits at {BILLING} and generate again.",
        )
    if answer.status in (400, 406, 422):
        return RequestRefused(
            f"Segmind refused the request.{quoted(words)}", "Nothing was charged. Correct it and generate again."
        )
    if answer.status == 429:
        return RateLimited(
            "Segmind takes no more requests from this account for the moment.",
            "Nothing was charged. Wait a minute and generate again.",
            retry_after=_seconds_until(answer.headers.get("x-rate-limit-reset-at-utc")),
        )
    return unknown_outcome(f"Segmind's gateway gave up waiting (HTTP {answer.status}).")


def unknown_outcome(message: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        message,
        "The video may still be made and charged: look at your history at Segmind before you generate again.",
    )


def failed_job(error: Any) -> GenerationFailed:
    """A job that ran and failed (HTTP 422 on v2), which Segmind does not bill.

    Args:
        error: its `error`: a text, or a list or an object that holds one.
    """
    return GenerationFailed(
        f"The video failed at Segmind.{quoted(find_words(error))}",
        "Failed videos are not charged. Change the input and generate again.",
    )


def _words(answer: Answer) -> str:
    body = answer.json()
    return clean(find_words(body)) if isinstance(body, dict) else ""


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
