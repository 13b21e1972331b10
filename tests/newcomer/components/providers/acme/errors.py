"""Tells what Acme's error answers mean; what is said of each stands in `components.providers.refusals`.

Source: none, Acme is made up.
"""

from __future__ import annotations

from components.providers.declarations import Key
from components.providers.http import Answer
from components.providers.refusals import Kind, Meaning, Refusals
from components.providers.wording import wait_seconds, words_of

BY_STATUS: dict[int, Kind] = {400: "refused", 401: "key", 402: "credits", 404: "gone", 429: "busy"}


def meaning(answer: Answer) -> Meaning:
    """What an error answer to a submission or a question means."""
    return Meaning(
        BY_STATUS.get(answer.status, "unknown"),
        words_of(answer.json()),
        retry_after=wait_seconds(answer.headers.get("Retry-After")),
        status=answer.status,
    )


ACME = Refusals("Acme", "https://acme.dev/billing", (Key("acme_token"),), meaning)
