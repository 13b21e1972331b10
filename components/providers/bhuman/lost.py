"""Finds the rows of a submission whose answer was lost, in BHuman's list of what they were made from.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 (`text` holds the row's cells, `row_index` is "the same
number as names value sequence", either can be null; pages from 0); recorded answers in
github.com/mindcloud-inc/universal-api-reference (`total`). No document says how a list is ordered, in which zone
its times are, or whether rows count from 0 or from 1. What is not proven is no match: a wrong one would take
another request's videos for these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from components.errors import ProviderTrouble, StudioError
from components.providers.base import JSON
from components.providers.bhuman.rows import GENERATION_ID
from components.providers.bhuman.store import GeneratedVideo, Page
from components.providers.moments import read_moment, second_of

Row = tuple[str, ...]


def find_rows(
    read: Callable[[int], Page[GeneratedVideo]], pages: int, body: JSON, sent_at: float
) -> list[str] | None:
    """The id of each row's video, in the rows' order; None where the list does not prove which they are.

    Args:
        read: gives a page of the list, from 0.
        pages: how many are read at most.
        body: what was sent.
        sent_at: when (unix seconds); what was made in that second may be of it.

    Raises:
        ProviderTrouble: there is no telling, because the list could not be read to its end, or a time not at all.
    """
    sent, since = [tuple(row) for row in body["names"]], second_of(sent_at)
    made = []
    for video in _whole_list(read, pages):
        if _is_of_another(video, body):
            continue
        moment = read_moment(video.created_at)
        if moment is None and video.values in sent:
            raise _no_telling("It does not say when a video with the same words was asked for.")
        if moment is not None and moment >= since:
            made.append(video)
    return _paired(sent, made)


def _whole_list(read: Callable[[int], Page[GeneratedVideo]], pages: int) -> list[GeneratedVideo]:
    """Each entry once, though a list that grows tells some on two pages."""
    found: dict[str, GeneratedVideo] = {}
    for number in range(pages):
        try:
            page = read(number)
        except StudioError as refused:
            raise _no_telling(refused.message) from refused
        if page.count != len(page.items) or not all(GENERATION_ID.fullmatch(video.id) for video in page.items):
            raise _no_telling("A part of it cannot be read.")
        found |= {video.id: video for video in page.items}
        if page.total is not None and len(found) >= page.total:
            return list(found.values())
        if not page.items:
            break
    else:
        raise _no_telling("It is longer than the studio reads.")
    if page.total is not None:
        raise _no_telling("It ends before all of it was told.")
    return list(found.values())


def _is_of_another(video: GeneratedVideo, body: JSON) -> bool:
    """Whether it says that it was made from another template or campaign than the one that was asked for."""
    told = ((video.video_instance_id, "video_instance_id"), (video.campaign_id, "campaign_id"))
    return any(source and body.get(name) and source.lower() != body[name].lower() for source, name in told)


def _paired(sent: Sequence[Row], made: Sequence[GeneratedVideo]) -> list[str] | None:
    """A video for each row and a row for each video, or nothing."""
    if len(made) != len(sent):
        return None
    return _placed(sent, made, first=0) or _placed(sent, made, first=1)


def _placed(sent: Sequence[Row], made: Sequence[GeneratedVideo], first: int) -> list[str] | None:
    """By the words, and by the row's place where it is told; rows of the same words by their places alone."""
    alike = Counter(sent)
    known = {(video.values, video.row_index): video.id for video in made}
    ids = []
    for place, row in enumerate(sent, first):
        found = known.get((row, place)) or (known.get((row, None)) if alike[row] == 1 else None)
        if found is None:
            return None
        ids.append(found)
    return ids


def _no_telling(why: str) -> ProviderTrouble:
    return ProviderTrouble(
        "The studio cannot tell from BHuman's list of videos whether these are among them.",
        f"{why} Look again later, or look at the generated videos in BHuman.",
    )
