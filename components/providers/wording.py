"""Makes what providers say fit to be shown and counted: their words, their amounts, the waits they ask for.

Words from outside may hold addresses and keys, and JSON from outside may say NaN, Infinity or 1e999.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

LONGEST = 200
SECRETS = re.compile(r"(?:(?i:https?)://|(?i:data):)\S+|SG_\w+|[A-Za-z0-9_+/=-]{32,}")
"""Addresses, files as text, Segmind's keys, and whatever is as long as a key or a UUID."""
RAW = re.compile(r"<[/!?a-z][^>]*>|[{\[]\s*[\"'{\[]|\bTraceback\b|\bFile \"|\bat 0x[0-9a-f]+", re.IGNORECASE)
"""Pages, JSON and what a program says when it stumbles: nothing that a person is shown."""
CLASS = re.compile(r"\b(?:\w+\.)*[A-Z]\w*(?:Error|Exception)\b:?\s*")
INDEX = re.compile(r"(?<=\w)\[(\d+)\]")
"""A place as programs write it, e.g. `names[0]`."""
WIRE = re.compile(r"\b(?:task|request|media|image|video)_?(?:UUID|Id)\b", re.IGNORECASE)
"""A number's name on the wire, which tells a person nothing."""
COMPANIES = re.compile(
    r"\b(?:Segmind|Runware|AI/?ML ?API|BHuman|fal(?:\.ai)?|Replicate|RunPod|Cloudflare|CloudFront|nginx|AWS|"
    r"Amazon|Azure|Google Cloud|Vercel|OpenAI|Stripe)\b",
    re.IGNORECASE,
)
"""Who may stand behind a provider; named, they read as if the person dealt with them."""
MOST_DOLLARS = Decimal(1_000_000)
LONGEST_WAIT = 3600.0
SHORTEST_KEY = 8
"""Characters; the shortest key of the providers that we know has more than twenty."""
MAX_DEPTH = 6
"""How deep in an error its words are looked for; what is documented lies three levels deep."""


def clean(words: str) -> str:
    """At most 200 characters of one line, without addresses and anything that looks like a secret."""
    line = SECRETS.sub("…", " ".join(words.split()))
    if line and not line.endswith((".", "!", "?", "…")):
        line = f"{line}."
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def redacted(said: Any, secrets: Sequence[str]) -> Any:
    """The same JSON without our own key, where a provider echoes it.

    A key shorter than any real one is taken out only where it stands alone, so that no id is torn.
    """
    if not secrets:
        return said
    if isinstance(said, str):
        for secret in secrets:
            if len(secret) >= SHORTEST_KEY:
                said = said.replace(secret, "…")
            elif secret and secret in said:
                said = re.sub(rf"(?<![A-Za-z0-9-]){re.escape(secret)}(?![A-Za-z0-9-])", "…", said)
        return said
    if isinstance(said, list):
        return [redacted(item, secrets) for item in said]
    if isinstance(said, dict):
        return {name: redacted(value, secrets) for name, value in said.items()}
    return said


def find_words(error: Any, depth: int = 0) -> str:
    """The words of an error, whatever its shape (`detail` may be a list); nothing where there are none."""
    if isinstance(error, str):
        return error.strip()
    if depth > MAX_DEPTH:
        return ""
    if isinstance(error, list):
        return "; ".join(words for item in error[:3] if (words := find_words(item, depth + 1)))
    if isinstance(error, dict):
        found = (find_words(error.get(key), depth + 1) for key in ("message", "msg", "detail", "error", "name"))
        return next((words for words in found if words), "")
    return ""


def words_of(body: Any) -> str:
    """The words of an error answer, fit to be shown and searched; nothing where it is no object of JSON."""
    return clean(find_words(body)) if isinstance(body, dict) else ""


def readable(words: str, provider: str) -> str:
    """A provider's words without what is none for people; nothing where they are a page or a program's own."""
    if RAW.search(words):
        return ""
    words = INDEX.sub(r" \1", WIRE.sub("its number", CLASS.sub("", words)))
    return COMPANIES.sub(lambda found: found[0] if found[0].lower() == provider.lower() else "…", words)


def quoted(words: str, provider: str) -> str:
    """The provider's words as the end of a message; nothing where there are none."""
    said = clean(readable(words, provider))
    return f" It says: {said}" if said.strip(" .…") else ""


def dollars(value: Any, most: Decimal = MOST_DOLLARS) -> Decimal | None:
    """An amount of money, or None where it is none or beyond all sense."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) <= most else None


def wait_seconds(value: str | None) -> float | None:
    """`Retry-After` in seconds, an hour at most, or None; its other form, a date, no provider documents."""
    digits = (value or "").strip()
    return min(float(digits), LONGEST_WAIT) if digits.isascii() and digits.isdigit() else None
