"""A lost request in Segmind's history: what proves that it is the one, and what does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from components.errors import ProviderTrouble
from components.providers.segmind.lost import MOST_PAGES, find_request, query
from tests.providers.documented import answer

SLUG, FILES = "bytedance-humo", frozenset({"audio", "image"})
SENT = {"prompt": "A person", "frames": 49, "scale_a": 5.0, "flag": True}
AT = datetime(2026, 11, 30, 10, 0, 0, 700_000, UTC)


def row(name="r1", seconds=1.0, slug=SLUG, told=None, **changes):
    """As the history tells it, so many seconds after the sending."""
    moment = (AT + timedelta(seconds=seconds)).isoformat()
    body = {**SENT, "audio": "https://x/y.wav", **changes}
    return {"request_id": name, "model_name": slug, "model_created": told or moment, "request_body": body}


def find(*pages, at=AT):
    """The last page repeats where more are asked for than there are."""
    return find_request(lambda number: pages[min(number, len(pages)) - 1], SLUG, SENT, FILES, at.timestamp())


def page(*rows):
    return answer({"page": 1, "data": list(rows)})


END = page()


def test_request_when_its_inputs_are_told_once_since_then_it_is_found():
    older = row("r0", seconds=-60)
    assert find(page(row(frames=49.0), row("r2", prompt="Another"), older)) == "r1"
    assert find(page(row()), END) == "r1"
    assert find(answer([row()]), answer([])) == "r1"


def test_request_when_it_has_several_outputs_then_its_rows_count_once():
    assert find(page(row(), row()), END) == "r1"


def test_time_when_told_in_whole_seconds_or_without_a_zone_then_it_is_the_same_moment():
    assert find(page(row(told="2026-11-30T10:00:00")), END) == "r1"
    assert find(page(row(told="2026-11-30 09:59:59+00:00")), END) is None


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (row(), row("r2")),
        (row(slug="bytedance-humo-fast"),),
        (row(frames=50),),
        (row(flag=1),),
        (row(seed=7),),
        (row() | {"request_body": None},),
        (row() | {"request_body": {"prompt": "A person"}},),
    ],
    ids=["nothing", "twice", "another model", "another length", "another kind", "more", "no inputs", "fewer"],
)
def test_request_when_it_is_not_proven_then_nothing_is_found(rows):
    assert find(page(*rows), END) is None


@pytest.mark.parametrize(
    "pages",
    [
        (answer({"error": "later"}, 502),),
        (answer({"data": "none"}),),
        (answer({"data": [1]}),),
        (page(row() | {"model_created": "yesterday"}), END),
        (page(row() | {"model_created": "2026-11-30"}), END),
        (page(row()),),
    ],
    ids=["refused", "no rows", "odd rows", "no time", "a day only", "no end"],
)
def test_history_when_it_cannot_be_read_to_the_moment_then_there_is_no_telling(pages):
    with pytest.raises(ProviderTrouble, match="cannot tell"):
        find(*pages)


def test_history_when_asked_then_from_the_day_of_sending_the_newest_first():
    asked = query(SLUG, AT.timestamp(), 2)
    assert (asked["page"], asked["from_date"], asked["sort_order"]) == (2, "2026-11-30", "desc")
    assert asked["from_date"] <= asked["to_date"] <= "2026-12-30"
    assert query(SLUG, 0.0, 1)["to_date"] == "1970-01-31"
    assert MOST_PAGES * asked["per_page"] == 1000
