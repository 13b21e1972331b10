"""Reads what BHuman says of a table's rows: taken, under way, done, failed. Sends nothing, keeps nothing.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 (a generation id for each row, `text` holds the
row's cells); www.bhuman.ai/docs/api as read 2026-10-02 (status words; only succeeded and failed
are ends, and completed, which another page of BHuman's writes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from components.errors import ErrorInfo, GenerationFailed
from components.providers.base import JSON, Done, Failed, Operation, Result, Running, Started
from components.providers.bhuman import store as records
from components.providers.bhuman.errors import BHUMAN, unwrap
from components.providers.bhuman.store import GeneratedVideo
from components.providers.http import Answer

GENERATION_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
LONGEST_LABEL = 60
MOST_NAMED = 5
"""Failed rows that a note names; the rest are counted."""
SUPPORT = "help@bhuman.ai"


def read_submission(answer: Answer, body: JSON) -> Started:
    """The answer to a table of rows: an id for each, in the rows' order."""
    status, ids = unwrap(answer)
    if status not in (200, 201, 202):
        raise BHUMAN.refusal(answer)
    whole = isinstance(ids, list) and ids and all(isinstance(i, str) and GENERATION_ID.fullmatch(i) for i in ids)
    if not whole:
        raise BHUMAN.of("no_number")
    return Started(operation(ids, body))


def operation(ids: Sequence[str], body: JSON) -> Operation:
    """What to ask by: each row's id, whom it is of, and what it is made from."""
    labels = [str(row[0])[:LONGEST_LABEL] if row else "" for row in body.get("names", [])]
    source = "campaign_id" if body.get("campaign_id") else "video_instance_id"
    return {"ids": list(ids), "labels": labels, source: body.get(source, "")}


def read_generated(answer: Answer, identifier: str) -> GeneratedVideo | None:
    """One row's video as it stands; None where BHuman does not know it.

    What is not understood counts as under way, so that one bad answer hides no other row.
    """
    status, body = unwrap(answer)
    if status in (401, 403):
        raise BHUMAN.trouble(answer)
    if status in (404, 410):
        return None
    if status != 200:
        return GeneratedVideo(identifier, "")
    found = records.read_list(body, records.read_video)
    return found[0] if found else GeneratedVideo(identifier, "")


def summarise(
    ids: Sequence[str], labels: Sequence[str], known: Mapping[str, GeneratedVideo], unseen: set[str]
) -> Running | Done | Failed:
    """What became of all rows together: under way until each has ended, well or badly."""
    if len(unseen) == len(ids):
        raise BHUMAN.of("missing")
    if not any(video.status for video in known.values()):
        raise BHUMAN.of("trouble")
    results = tuple(
        Result(url=video.url, position=place, label=_label(video, place, labels), number=identifier)
        for place, identifier in enumerate(ids)
        if (video := known.get(identifier)) and video.succeeded and video.url
    )
    under_way = [video.status for video in known.values() if not video.over]
    if under_way:
        return Running(under_way[0].upper(), results)
    return _ended(ids, labels, known, results)


def _ended(
    ids: Sequence[str], labels: Sequence[str], known: Mapping[str, GeneratedVideo], results: tuple[Result, ...]
) -> Done | Failed:
    came = {result.position for result in results}
    failed = [
        f"row {place + 1}{_called(labels, place)} ({_numbered(identifier, known)})"
        for place, identifier in enumerate(ids)
        if place not in came
    ]
    if results:
        unknown = len([one for one in ids if one not in known])
        return Done(results, note=some_failed(failed, len(ids)) if failed else None, unknown=unknown)
    if len(known) < len(ids):
        raise BHUMAN.of("missing")
    if any(video.succeeded for video in known.values()):
        raise BHUMAN.of("no_video")
    return Failed(_all_failed(failed))


def _all_failed(rows: Sequence[str]) -> GenerationFailed:
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


def read_rows(operation: Operation) -> tuple[list[str], list[str]]:
    """Each row's generation id and label, as the submission kept them."""
    ids, labels = operation.get("ids"), operation.get("labels")
    if not isinstance(ids, list) or not ids or not all(GENERATION_ID.fullmatch(str(i)) for i in ids):
        raise BHUMAN.no_operation()
    return [str(i) for i in ids], [str(label) for label in labels] if isinstance(labels, list) else []


def _label(video: GeneratedVideo, place: int, labels: Sequence[str]) -> str:
    """Whom a video is of: its own words where they are a row's, else the row's at its place."""
    own = video.values[0][:LONGEST_LABEL] if video.values else ""
    if own in labels:
        return own
    return labels[place] if place < len(labels) else own


def _called(labels: Sequence[str], place: int) -> str:
    return f", {labels[place]}" if place < len(labels) and labels[place] else ""


def _numbered(identifier: str, known: Mapping[str, GeneratedVideo]) -> str:
    """The number that BHuman's support asks for, and what is odd about it."""
    video = known.get(identifier)
    odd = ", unknown to BHuman" if video is None else ", without a file" if video.succeeded else ""
    return f"generation {identifier}{odd}"
