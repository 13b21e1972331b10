"""AI/ML API's errors as sentences: what is wrong, whether anything was charged, what to do next.

Source: github.com/aimlapi/api-docs (2026-08-21; errors 400 401 403 404 429 500 502 503 504, "failed requests
are never charged", 403 is an empty balance, 500 may be maintenance, a failed job may carry fal's `detail`
list). Its own words are shown only where they say what to correct, cut short and stripped of addresses.
"""

from __future__ import annotations

import re
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
from components.providers.wording import clean, find_words, quoted, wait_seconds

# github.com/aimlapi/api-docs, "How can I track my funds?", and the 403 of an empty account (both read 2026-11-20).
BILLING = "https://aimlapi.com/app/billing"
ASK_SUPPORT = "Generate again; if it stays so, ask AI/ML API's support."
NO_RIGHT = re.compile(r"scope|permission|disabled|not allowed|verif", re.IGNORECASE)
MAINTENANCE = re.compile(r"maintenance", re.IGNORECASE)
UNSAFE = re.compile(r"content.?policy|nsfw|moderation|sensitive content|unsafe", re.IGNORECASE)

BAD_KEY = (
    KeyRefused,
    "AI/ML API does not accept the API key.",
    "Check AIMLAPI_API_KEY in the settings; it may be mistyped, expired or revoked.",
)
NO_ACCESS = (
    AccessDenied,
    "AI/ML API does not let this key use the model.",
    "See in your AI/ML API account whether it is verified, and whether the key may make videos.",
)
NO_CREDITS = (
    OutOfCredits,
    "The AI/ML API account has too few credits for this video.",
    f"Nothing was charged. Buy credits at {BILLING} and generate again.",
)
GONE = (
    ModelUnavailable,
    "AI/ML API does not offer this model at the moment.",
    "Nothing was charged. Try again later or try another model.",
)
REPAIRS = (
    ModelUnavailable,
    "AI/ML API is working on this model: it is under maintenance.",
    "Nothing was charged. Try again later or try another model.",
)
BROKEN = (
    GenerationFailed,
    "AI/ML API's server failed on this request.",
    "It never charges failed requests. Try another portrait or voice, or try later.",
)
PLAIN: dict[int, tuple[type[ProviderError], str, str]] = {
    401: BAD_KEY,
    402: NO_CREDITS,
    404: GONE,
    405: GONE,
    410: GONE,
}


def refusal(answer: Answer) -> ProviderError:
    """What an error answer to a submission or a question means."""
    words = _words(answer)
    kind, message, hint = _plain(answer.status, words) or (None, "", "")
    if kind:
        return kind(message, hint)
    if answer.status in (400, 413, 415, 422):
        return RequestRefused(
            f"AI/ML API refused the request.{quoted(words)}", "Nothing was charged. Correct it and generate again."
        )
    if answer.status == 429:
        return RateLimited(
            "AI/ML API takes no more requests from this account for the moment.",
            "Nothing was charged. Wait a minute and generate again.",
            retry_after=wait_seconds(answer.headers.get("Retry-After")),
        )
    return unknown_outcome(f"AI/ML API's gateway gave up waiting (HTTP {answer.status}).")


def is_denied(answer: Answer) -> bool:
    """Whether a 403 speaks of the key's rights and not of an empty balance."""
    return NO_RIGHT.search(_words(answer)) is not None


def unknown_outcome(message: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        message,
        "The video may still be made and charged: look at your history at AI/ML API before you generate again.",
    )


def failed_job(error: Any) -> GenerationFailed:
    """A job that ran and failed, which AI/ML API does not charge.

    Args:
        error: its `error`: a text, `{name, message}`, or fal's `{"detail": [{"msg": ...}]}`.
    """
    if UNSAFE.search(str(error)):
        return GenerationFailed(
            "The model's safety check refused this portrait or voice.",
            "Failed videos are not charged. Choose another portrait or voice and generate again.",
        )
    return GenerationFailed(
        f"The video failed at AI/ML API.{quoted(find_words(error))}",
        "Failed videos are not charged. Change the portrait or the voice and generate again.",
    )


def _plain(status: int, words: str) -> tuple[type[ProviderError], str, str] | None:
    """The errors whose meaning needs none of the provider's words to be shown."""
    if status == 403:
        return NO_ACCESS if NO_RIGHT.search(words) else NO_CREDITS
    if status == 500:
        return REPAIRS if MAINTENANCE.search(words) else BROKEN
    return PLAIN.get(status)


def _words(answer: Answer) -> str:
    body = answer.json()
    return clean(find_words(body)) if isinstance(body, dict) else ""
