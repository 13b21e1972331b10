"""BHuman's errors as sentences: what is wrong, whether anything was charged, what to do next. Sends nothing.

Sources: www.bhuman.ai/docs/api as read 2026-10-02 (400 for a table that does not fit, 401, 422 for the shape,
lists that API keys may not be given, quota as a failure inside a 200); a published backend of BHuman's
(Sirius198/rust-backend-microservices-bhuman: `{"code", "result": {"error"}}` sent as text/plain). BHuman's own
words are shown only where they name a parameter, cut short and stripped of addresses and ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from components.errors import (
    AccessDenied,
    ErrorInfo,
    GenerationFailed,
    KeyRefused,
    ModelUnavailable,
    NotFound,
    OutcomeUnknown,
    OutOfCredits,
    ProviderError,
    ProviderTrouble,
    RateLimited,
    RecordMissing,
    RequestRefused,
    StudioError,
)
from components.providers.http import Answer
from components.providers.wording import clean, quoted, wait_seconds

BILLING = "https://app.bhuman.ai/settings"
SUPPORT = "help@bhuman.ai"
CREDITS = re.compile(r"credit|quota|insufficient|plan limit|limit (?:exceeded|reached)|upgrade", re.IGNORECASE)
MOST_NAMED = 5
"""Failed rows that a note names; the rest are counted."""

PASTE = "Paste the template's id instead: it is the last part of its address in BHuman's app (…/instance/…)."
PASTE_CAMPAIGN = (
    "Paste the campaign's id instead: it is the last part of its address in BHuman's app "
    "(…/campaign/generatedVideos/…)."
)
IN_THE_APP = "Open it in BHuman's app instead, then paste the template's id here."
CHECK_KEY = "Check BHUMAN_API_KEY_ID and BHUMAN_API_KEY_SECRET in the settings; one may be mistyped or revoked."


def unwrap(answer: Answer) -> tuple[int, Any]:
    """The status that counts and the value: bare or as `{"code", "result"}`, errors in a 200 included."""
    body = answer.json()
    status = answer.status
    if isinstance(body, dict) and status < 300 and _is_error(body.get("code")):
        status = body["code"]
    return status, body["result"] if isinstance(body, dict) and "result" in body else body


def _is_error(code: Any) -> bool:
    return isinstance(code, int) and not isinstance(code, bool) and code >= 400


def refusal(answer: Answer) -> ProviderError:
    """What an error answer to a submission means."""
    status, _ = unwrap(answer)
    words = _words(answer)
    if status == 402 or (status not in (401, 403) and CREDITS.search(words)):
        return OutOfCredits(
            "The BHuman plan has too few credits for these videos.",
            f"Nothing was charged. See your plan at {BILLING}, or send fewer rows.",
        )
    if status in (401, 403):
        return key_refused(status)
    if status in (404, 405, 410):
        return ModelUnavailable(
            "BHuman has no such template or campaign, or this key may not use it.",
            "Nothing was charged. Choose it again, or paste the address of its page in BHuman.",
        )
    if status in (400, 406, 422):
        return _misfit(status, words)
    if status == 429:
        return RateLimited(
            "BHuman takes no more requests from this account for the moment.",
            "Nothing was charged. Wait a minute and generate again.",
            retry_after=wait_seconds(answer.headers.get("Retry-After")),
        )
    return unknown_outcome(f"BHuman's server failed on the request ({status}).")


def _misfit(status: int, words: str) -> RequestRefused:
    if status == 400:
        return RequestRefused(
            f"BHuman cannot use this table with this template or campaign.{quoted(words)}",
            "Nothing was charged. Give the columns the names of the template's variables, one cell for each.",
        )
    return RequestRefused(
        f"BHuman could not read the request.{quoted(words)}", "Nothing was charged. Correct it and generate again."
    )


def key_refused(status: int) -> ProviderError:
    """401 or 403 where an API key is documented to be good."""
    if status == 403:
        return AccessDenied(
            "BHuman does not let this key do that.", "See in your BHuman account what the API key and plan allow."
        )
    return KeyRefused("BHuman does not accept the API key.", CHECK_KEY)


def unproved_key(status: int) -> ProviderError:
    """The key check's 401 or 403: the key, or a list that is not open to keys; BHuman has no better question."""
    kind = KeyRefused if status == 401 else AccessDenied
    return kind(
        "BHuman turned the API key away from its list of templates.",
        "The key may be wrong, or BHuman does not open its lists to keys of this kind; generating may still work. "
        + CHECK_KEY,
    )


def no_list(answer: Answer, hint: str = PASTE) -> StudioError:
    """Why a list or a record could not be read. A refusal says nothing against the key."""
    status, _ = unwrap(answer)
    if status in (401, 403):
        return AccessDenied("BHuman does not open its lists to API keys of this kind.", hint)
    if status in (404, 410):
        return NotFound("BHuman does not know it.", "Look at the id again; it may be of another account.")
    if status in (400, 422):
        return RequestRefused("BHuman could not read the question.", "Look at the id again.")
    return trouble(status)


def store_refusal(answer: Answer) -> ProviderError:
    """What an error answer to "use product" means."""
    status, _ = unwrap(answer)
    if status in (401, 403):
        return AccessDenied("BHuman does not open its store to API keys of this kind.", IN_THE_APP)
    if status in (400, 404, 406, 410, 422):
        return RequestRefused(
            f"BHuman did not put this product to use.{quoted(_words(answer))}",
            "Nothing was made. Choose product and workspace again.",
        )
    return store_unknown() if status >= 500 else refusal(answer)


def store_unknown() -> OutcomeUnknown:
    return OutcomeUnknown(
        "BHuman did not say whether the product was put to use.",
        "Look at your templates in BHuman before you use it again.",
    )


def trouble(status: int) -> ProviderTrouble:
    return ProviderTrouble(f"BHuman answered {status} to a question.", "Ask again in a moment.")


def unknown_outcome(message: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        message,
        "Videos may still be made and charged: look at the generated videos in BHuman before you generate again.",
    )


def missing() -> RecordMissing:
    return RecordMissing(
        "BHuman does not know these videos.",
        "Look at the generated videos in BHuman: they may be there.",
    )


def all_failed(rows: Sequence[str]) -> GenerationFailed:
    return GenerationFailed(f"Render failed for every row: {_named(rows)}.", _ask_support())


def some_failed(rows: Sequence[str], total: int) -> ErrorInfo:
    """The note beside the videos that did come."""
    count = f"{len(rows)} of {total} rows"
    return ErrorInfo(
        code=GenerationFailed.code, message=f"Render failed for {count}: {_named(rows)}.", hint=_ask_support()
    )


def _ask_support() -> str:
    return f"Generate these rows again; if it stays so, tell {SUPPORT} the generation's number."


def _named(rows: Sequence[str]) -> str:
    more = [f"and {len(rows) - MOST_NAMED:,} more"] if len(rows) > MOST_NAMED else []
    return "; ".join([*rows[:MOST_NAMED], *more])


def _words(answer: Answer) -> str:
    _, body = unwrap(answer)
    for _ in range(3):
        if isinstance(body, list):
            body = body[0] if body else ""
        elif isinstance(body, dict):
            body = next((body[key] for key in ("error", "message", "detail", "msg") if body.get(key)), "")
    if body is None:
        body = answer.content[:500].decode("utf-8", "replace")
    readable = isinstance(body, str) and "<" not in body and not body.lstrip().startswith(("{", "["))
    return clean(body) if readable else ""
