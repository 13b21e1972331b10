"""What a sentence may hold that a person reads: used wherever a test comes by one."""

from __future__ import annotations

import re

from components.errors import ErrorInfo
from components.providers import PROVIDERS

RAW = re.compile(
    r"[{}\[\]<>\\\n]|https?:|statusCode|requestId|task ?UUID|traceback"
    r"|\b[A-Z]\w*(?:Error|Exception)\b|\(\w+Error\)|\bNone\b|0x[0-9a-f]{4}",
    re.IGNORECASE,
)
"""Pages, JSON, names of the wire and of classes."""
LONGEST = 400


def faults(said: ErrorInfo, provider: str = "") -> list[str]:
    """What is wrong with what a person is told; nothing where all is well.

    Args:
        said: message and next step.
        provider: whose it is; only its own name and its own addresses may stand there.
    """
    kind = PROVIDERS.get(provider)
    words = f"{said.message} {said.hint}".strip()
    for address in (kind.billing, kind.history) if kind else ():
        words = words.replace(address, "its page")
    others = {each.name for each in PROVIDERS.values()} - {kind.name if kind else ""}
    found = {
        "no whole sentence": not said.message.strip().endswith((".", "!", "?", "…")),
        "no next step": not said.hint.strip().endswith((".", "!", "?", "…")),
        "raw": bool(RAW.search(words)),
        "another company": any(name in words for name in others),
        "too long": len(words) > LONGEST,
        "gave up waiting without a 504": "gave up waiting" in words and "504" not in words,
        "not its own": bool(kind and kind.name.lower() not in words.lower()),
    }
    return [f"{fault}: {words}" for fault, is_so in found.items() if is_so]
