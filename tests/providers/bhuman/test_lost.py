"""The rows of a lost submission in BHuman's list: found where the list proves it, else not, or no telling."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from components.errors import AccessDenied, ProviderTrouble
from components.providers.bhuman import lost
from components.providers.bhuman.store import read_page, read_video

TEMPLATE, CAMPAIGN = "7d859e18-dc89-446f-9718-9533bb178a75", "d744af70-cd3c-4a41-8bfe-89238f937a3b"
DON, JAMES = ["Don", "Apple"], ["James", "Google"]
SENT_AT = datetime(2026, 11, 20, 9, 30, 5, 700_000, UTC).timestamp()
BEFORE, THEN, LATER = "2026-11-20T09:30:04", "2026-11-20T09:30:05", "2026-11-20T09:30:09"


def entry(identifier, text, row_index=None, created_at=LATER, **other):
    return {"id": f"video-id-{identifier}", "text": text, "row_index": row_index, "created_at": created_at} | other


def find(*pages, rows=(DON, JAMES), total=None, most=40, **source):
    """The ids, without what all have, as found on these pages; behind them the list is empty."""

    def read(number):
        told = pages[number] if number < len(pages) else []
        if isinstance(told, Exception):
            raise told
        return read_page(told if total is None else {"total": total, "videos": told}, "videos", read_video)

    body = {"variables": ["name", "company"], "names": list(rows)} | (source or {"video_instance_id": TEMPLATE})
    ids = lost.find_rows(read, most, body, SENT_AT)
    return ids and "".join(one.removeprefix("video-id-") for one in ids)


@pytest.mark.parametrize("total", [None, 2])
@pytest.mark.parametrize(("don", "james"), [(0, 1), (1, 2), (None, None), (None, 1), (0, None)])
def test_rows_when_told_in_any_order_then_each_gets_its_own(don, james, total):
    assert find([entry("j", JAMES, james), entry("d", DON, don)], total=total) == "dj"
    assert find([entry("d", DON, don), entry("j", JAMES, james)], total=total) == "dj"


def test_rows_when_on_two_pages_or_told_twice_by_a_list_that_grew_then_found():
    first, second = entry("d", DON), entry("j", JAMES)
    older = entry("o", DON, created_at=BEFORE)
    assert find([first], [second]) == "dj"
    assert find([first], [first, second, older], total=3) == "dj"


@pytest.mark.parametrize(
    "more",
    [
        [entry("x", DON)],
        [entry("x", ["Ann", "Acme"])],
        [entry("x", None)],
        [entry("x", DON, 0), entry("y", JAMES, 1)],
    ],
    ids=["one again", "other words", "no words", "the same table sent twice"],
)
def test_list_when_it_has_more_than_the_rows_then_nothing_is_guessed(more):
    assert find([entry("d", DON, 0), entry("j", JAMES, 1), *more]) is None


@pytest.mark.parametrize(
    "told",
    [
        [],
        [entry("d", DON)],
        [entry("d", DON), entry("e", DON)],
        [entry("d", DON), entry("j", ["James"])],
        [entry("d", DON), entry("j", None, 1)],
        [entry("d", DON, 1), entry("j", JAMES, 0)],
        [entry("d", DON, 0), entry("j", JAMES, 2)],
        [entry("d", DON, 2), entry("j", JAMES, 3)],
    ],
    ids=["none", "few", "one twice", "cells", "no words", "swapped", "a gap", "of a longer table"],
)
def test_list_when_it_does_not_fit_the_rows_then_nothing_is_guessed(told):
    assert find(told) is None


@pytest.mark.parametrize(
    ("indexes", "found"),
    [((0, 1, 2), "abc"), ((3, 1, 2), "bca"), ((None, None, 1), None), ((0, 0, 1), None), ((0, 1, 3), None)],
)
def test_rows_when_identical_then_their_places_decide_or_nothing_does(indexes, found):
    told = [entry(name, DON, index) for name, index in zip("abc", indexes, strict=True)]
    assert find(told, rows=[DON] * 3) == found


@pytest.mark.parametrize(
    "created_at",
    [
        THEN,
        "2026-11-20T09:30:05Z",
        "2026-11-20 09:30:05.123456",
        "2026-11-20T10:30:05+01:00",
        "2026-11-21T00:00:00",
    ],
)
def test_entry_when_of_the_second_of_sending_or_later_then_it_counts(created_at):
    assert find([entry("d", DON, created_at=created_at)], rows=[DON]) == "d"


@pytest.mark.parametrize("created_at", [BEFORE, "2026-11-20T10:30:05+02:00", "0001-01-01T00:00:00+14:00"])
def test_entry_when_older_then_it_does_not_count(created_at):
    old = entry("o", DON, created_at=created_at)
    assert find([old], rows=[DON]) is None
    assert find([old, entry("d", DON)], rows=[DON]) == "d"


@pytest.mark.parametrize("created_at", ["", "yesterday", "2026-11-20", 1763631005, None])
def test_entry_when_its_time_cannot_be_read_then_there_is_no_telling_if_it_has_the_words(created_at):
    with pytest.raises(ProviderTrouble, match="cannot tell"):
        find([entry("d", DON), entry("j", JAMES), entry("x", DON, created_at=created_at)])
    assert find([entry("d", DON), entry("j", JAMES), entry("x", ["Ann"], created_at=created_at)]) == "dj"


@pytest.mark.parametrize(
    "pages",
    [
        [AccessDenied("BHuman does not open its lists.")],
        [[entry("d", DON), entry("j", JAMES)], ProviderTrouble("BHuman is down.")],
        [[entry("d", DON), entry("j", JAMES), {"id": None}]],
        [[entry("d", DON), entry("j", JAMES), entry("../../x", DON)]],
        [[entry("d", DON), entry("j", JAMES)], {"videos": "none"}],
    ],
    ids=["closed", "second page fails", "no id", "no such id", "no list"],
)
def test_list_when_a_page_cannot_be_read_then_there_is_no_telling(pages):
    with pytest.raises(ProviderTrouble, match="cannot tell"):
        find(*pages)


def test_list_when_it_ends_early_or_is_longer_than_is_read_then_there_is_no_telling():
    both = [entry("d", DON), entry("j", JAMES)]
    with pytest.raises(ProviderTrouble, match="ends before"):
        find(both, total=3)
    with pytest.raises(ProviderTrouble, match="longer"):
        find(both, both, most=2)
    assert find(both, most=2) == "dj"


def test_entry_when_made_from_another_template_or_campaign_then_it_does_not_count():
    both = [entry("d", DON, video_instance_id=TEMPLATE.upper()), entry("j", JAMES)]
    assert find([*both, entry("x", DON, video_instance_id=CAMPAIGN)]) == "dj"
    assert find([*both, entry("x", DON, campaign_id=TEMPLATE)], campaign_id=CAMPAIGN) == "dj"
    assert find([*both, entry("x", DON, campaign_id=CAMPAIGN)]) is None
