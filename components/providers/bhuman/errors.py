"""Tells what BHuman's error answers mean; what is said of each stands in `components.providers.refusals`.

Sources: www.bhuman.ai/docs/api as read 2026-10-02 (400 for a table that does not fit, 401, 422 for the shape,
quota as a failure inside a 200); a published backend of BHuman's (Sirius198/rust-backend-microservices-bhuman:
`{"code", "result": {"error"}}` sent as text/plain).
"""

from __future__ import annotations

import re
from typing import Any

from components.providers.declarations import Key
from components.providers.http import Answer
from components.providers.refusals import Kind, Meaning, Refusals
from components.providers.wording import clean, wait_seconds

BILLING = "https://app.bhuman.ai/settings"
KEYS = (Key("bhuman_api_key_id", "API key id"), Key("bhuman_api_key_secret", "API key secret"))
CREDITS = re.compile(r"credit|quota|insufficient|plan limit|limit (?:exceeded|reached)|upgrade", re.IGNORECASE)
BY_STATUS: dict[int, Kind] = {
    400: "misfit",
    401: "key",
    402: "credits",
    403: "access",
    404: "gone",
    405: "gone",
    422: "refused",
    429: "busy",
}
OWN: dict[Kind, tuple[str, str]] = {
    "gone": (
        "BHuman has no such template or campaign, or this key may not use it.",
        "Nothing was charged, says BHuman. Choose it again, or paste the address of its page in BHuman.",
    ),
    "misfit": (
        "BHuman cannot use this table with this template or campaign.{words}",
        "Nothing was charged, says BHuman. "
        "Give the columns the names of the template's variables, one cell for each.",
    ),
}


def unwrap(answer: Answer) -> tuple[int, Any]:
    """The status that counts and the value: bare or as `{"code", "result"}`, errors in a 200 included."""
    body = answer.json()
    status = answer.status
    if isinstance(body, dict) and status < 300 and _is_error(body.get("code")):
        status = body["code"]
    return status, body["result"] if isinstance(body, dict) and "result" in body else body


def _is_error(code: Any) -> bool:
    return isinstance(code, int) and not isinstance(code, bool) and code >= 400


def meaning(answer: Answer) -> Meaning:
    """What an error answer to a submission or a question means."""
    status, words = unwrap(answer)[0], words_in(answer)
    kind = BY_STATUS.get(status, "unknown")
    if status < 500 and kind not in ("key", "access") and CREDITS.search(words):
        kind = "credits"
    return Meaning(kind, words, retry_after=wait_seconds(answer.headers.get("Retry-After")), status=status)


def words_in(answer: Answer) -> str:
    _, body = unwrap(answer)
    for _ in range(3):
        if isinstance(body, list):
            body = body[0] if body else ""
        elif isinstance(body, dict):
            body = next((body[key] for key in ("error", "message", "detail", "msg") if body.get(key)), "")
    if body is None:
        body = answer.text()
    readable = isinstance(body, str) and "<" not in body and not body.lstrip().startswith(("{", "["))
    return clean(body) if readable else ""


BHUMAN = Refusals("BHuman", BILLING, KEYS, meaning, history="the generated videos in BHuman", own=OWN)
