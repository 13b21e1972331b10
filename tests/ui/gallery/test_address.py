"""The gallery's address: what it leads to, and that nothing hostile in it leads anywhere."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from components.library.records import View
from components.ui.gallery.address import Place, address, filtered, place, wanted_output

FULL = View(
    models=("segmind/humo", "bhuman/personalized-video"),
    providers=("segmind",),
    states=("done", "failed"),
    rating=3,
    favourite=True,
    tags=("client", "take two"),
    since=date(2026, 3, 1),
    until=date(2026, 4, 2),
    text="a woman & a man",
    sort="longest",
    deleted=True,
)


def read(**given: str | list[str]) -> Place:
    values = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return place(lambda name: values.get(name, []))


def test_address_when_read_again_then_it_leads_to_the_same_place():
    assert read(**address(Place(FULL, 7))) == Place(FULL, 7)


def test_address_when_all_is_as_usual_then_it_is_empty():
    assert address(Place(View(), 1)) == {}
    assert read() == Place(View(), 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", "segmind/other"),
        ("model", "<script>alert(1)</script>"),
        ("provider", "SEGMIND"),
        ("state", "queued"),
        ("rating", "6"),
        ("rating", "-1"),
        ("rating", "٣"),
        ("rating", "1e1"),
        ("favourite", "yes"),
        ("tag", "   "),
        ("from", "2026-02-31"),
        ("from", "0001-01-01"),
        ("to", "9999-12-31"),
        ("sort", "'; DROP TABLE output"),
        ("deleted", "true"),
        ("page", "0"),
        ("page", "9" * 400),
        ("page", "1.5"),
    ],
)
def test_place_when_a_value_is_hostile_then_it_is_left_out(name, value):
    assert read(**{name: value}) == Place(View(), 1)


def test_place_when_good_and_hostile_values_stand_together_then_the_good_count_once_each_in_one_order():
    asked = read(model=["x", "runware/omnihuman-1", "segmind/humo", "segmind/humo"], state=["failed", "?", "done"])
    assert asked.view.models == ("runware/omnihuman-1", "segmind/humo")
    assert asked.view.states == ("done", "failed")


def test_place_when_words_are_long_then_they_are_cut():
    asked = read(text="a\x00b\n" + "x" * 5000, tag=[f"{number}-{'t' * 99}" for number in range(99)])
    assert asked.view.text.startswith("a b ")
    assert len(asked.view.text) == 200
    assert [len(tag) for tag in asked.view.tags] == [40] * 10


@pytest.mark.parametrize("named", ["", "../../secret", "a b", "x" * 65, "<img>"])
def test_output_when_it_is_named_strangely_then_the_cards_are_shown(named):
    assert wanted_output(lambda _: [named]) is None
    assert wanted_output(lambda _: []) is None


def test_place_when_a_day_is_asked_for_then_it_is_counted_in_that_zone_and_else_nothing_differs():
    zone = ZoneInfo("Asia/Tokyo")
    assert place(lambda name: ["2026-03-01"] if name == "from" else [], zone).view.zone == zone
    assert place(lambda _: [], zone) == Place(View(), 1)


def test_filtered_when_only_the_order_is_another_then_nothing_is_left_out():
    assert not filtered(View(sort="oldest"))
    assert filtered(View(sort="oldest", text="x"))
