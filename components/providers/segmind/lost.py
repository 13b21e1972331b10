"""Finds a request whose answer was lost, in the account's own history.

Source: PyPI `segmind` 1.3.0, generations.py, read 2026-11-30. The history is paged (`page` from 1, `per_page` to
100), by days (31 at most), the newest first by `model_created`. Its rows carry `request_id`, `model_name` (the
slug), `request_body` (the inputs as sent) and timestamps; a request with several outputs has a row each. It does
not say under which name a page holds its rows. What is not proven is no match: a wrong one would take another
request's video for this one's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from components.errors import ProviderTrouble
from components.providers.base import JSON
from components.providers.http import Answer
from components.providers.moments import read_moment, second_of

PER_PAGE, MOST_PAGES = 100, 10
LONGEST_WINDOW = timedelta(days=30)
"""Between first and last day, both of which count: 31 at most."""
MOMENTS = ("model_created", "created_at", "created")
"""Where a row may say when it was asked for; the first is the one that the history sorts by."""


def query(slug: str, sent_at: float, page: int) -> JSON:
    """Asks for a page of what a model was asked for since that day, the newest first."""
    first = second_of(sent_at).date()
    last = min(datetime.now(UTC).date(), first + LONGEST_WINDOW)
    return {
        "page": page,
        "per_page": PER_PAGE,
        "from_date": first.isoformat(),
        "to_date": last.isoformat(),
        "model_name": slug,
        "sort_by": "model_created",
        "sort_order": "desc",
    }


def find_request(
    read: Callable[[int], Answer], slug: str, sent: JSON, files: frozenset[str], sent_at: float
) -> str | None:
    """The id of the request, or None where the history does not prove which it is.

    Args:
        read: gives a page of the history, from 1.
        slug: of the model.
        sent: the body as it was sent, but for the files, which are named anew at each upload.
        files: the places in the body that hold them.
        sent_at: when (unix seconds); what was asked for in that second may be it.

    Raises:
        ProviderTrouble: there is no telling: the history could not be read far enough, or a time not at all.
    """
    since = second_of(sent_at)
    found: set[str] = set()
    for page in range(1, MOST_PAGES + 1):
        rows = _rows(read(page))
        older = False
        for row in rows:
            moment = next((known for name in MOMENTS if (known := read_moment(row.get(name)))), None)
            if moment is not None and moment < since:
                older = True
            elif row.get("model_name") == slug and _is_same(row.get("request_body"), sent, files):
                if moment is None:
                    raise _no_telling("It does not say when a request like this one was made.")
                found.add(str(row.get("request_id") or ""))
        if older or not rows:
            return found.pop() if len(found) == 1 else None
    raise _no_telling("It is longer than the studio reads.")


def _rows(answer: Answer) -> list[Mapping[str, Any]]:
    body = answer.json()
    if answer.status != 200:
        raise _no_telling("It could not be read.")
    lists = [body] if isinstance(body, list) else list(body.values()) if isinstance(body, dict) else []
    rows = next((each for each in lists if isinstance(each, list)), None)
    if rows is None or not all(isinstance(row, dict) for row in rows):
        raise _no_telling("A part of it cannot be read.")
    return rows


def _is_same(told: Any, sent: JSON, files: frozenset[str]) -> bool:
    """Whether it has all that was sent and nothing else, files aside."""
    if not isinstance(told, dict):
        return False
    plain = {name: value for name, value in told.items() if name not in files}
    return plain.keys() == sent.keys() and all(_equal(plain[name], value) for name, value in sent.items())


def _equal(told: Any, sent: Any) -> bool:
    """JSON knows one kind of number, and true is none of them."""
    return isinstance(told, bool) == isinstance(sent, bool) and bool(told == sent)


def _no_telling(why: str) -> ProviderTrouble:
    return ProviderTrouble(
        "The studio cannot tell from your history at Segmind whether this was made.",
        f"{why} Look again later, or look at your history yourself.",
    )
