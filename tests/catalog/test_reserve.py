"""What is reserved for a request: its price, the price of the longest voice, or the dearest that is known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from components.catalog import MODELS
from components.catalog.reserve import Reserve, reserve
from components.catalog.spec import Price, VoiceLimits
from tests.catalog.made_up import made_up


def of(spec, seconds=None, **parameters):
    found = reserve(spec, parameters, seconds)
    return str(found.dollars), found.basis


@pytest.fixture
def alone(monkeypatch):
    """A catalog of the models that are named, and no others."""

    def alone(*specs):
        for name in list(MODELS):
            monkeypatch.delitem(MODELS, name)
        for spec in specs:
            monkeypatch.setitem(MODELS, spec.id, spec)

    return alone


def test_reserve_when_the_price_is_known_then_the_estimate():
    assert of(made_up(price=Price(1.464, ""))) == ("1.464", "estimate")
    assert of(made_up(price=Price(None, "", 0.1)), 4.0) == ("0.4", "estimate")


def test_reserve_when_the_length_is_not_known_then_the_longest_voice():
    spec = made_up(price=Price(None, "", 0.1), voice=VoiceLimits(30.0))
    assert of(spec) == ("3.0", "longest")


def test_reserve_when_no_price_is_published_then_the_dearest_for_the_same_wish(alone):
    bare = made_up(price=Price(None, ""), voice=VoiceLimits(30.0))
    cheap = made_up(id="segmind/cheap", price=Price(1.2, ""))
    by_length = made_up(id="segmind/by-length", price=Price(None, "", 0.1, "strength", {9: 0.2}))
    other = made_up(id="segmind/other", price=Price(9.0, ""), wish="Film a scene")
    alone(bare, cheap, by_length, other)
    assert [of(bare, seconds) for seconds in (4.0, 10.0, None)] == [
        ("1.2", "dearest"),
        ("2.0", "dearest"),
        ("6.0", "dearest"),
    ]


def test_reserve_when_no_model_for_the_wish_has_a_price_then_the_dearest_of_all(alone):
    bare = made_up(price=Price(None, ""), wish="Direct a person")
    alone(
        bare,
        made_up(id="segmind/sample", price=Price(None, "", sample_usd=2.94)),
        made_up(id="segmind/b", price=Price(1.0, "")),
    )
    assert of(bare, 4.0) == ("2.94", "dearest")


def test_reserve_when_every_model_of_the_catalog_is_asked_then_none_counts_nothing():
    for spec in MODELS.values():
        for seconds in (None, 3.0):
            found = reserve(spec, spec.example, seconds)
            assert isinstance(found, Reserve)
            assert found.dollars > Decimal("0.05"), spec.id


def test_reserve_when_a_table_or_takes_are_asked_for_then_each_video_counts():
    bhuman, omni = MODELS["bhuman/personalized-video"], MODELS["runware/omnihuman-1"]
    columns, row = bhuman.parameter("rows"), ["Ann", "Apple"]
    one, five = (reserve(bhuman, {columns: [row] * n}, None).dollars for n in (1, 5))
    assert five == 5 * one
    takes = omni.parameter("takes")
    assert reserve(omni, {takes: 3}, 2.0).dollars == 3 * reserve(omni, {takes: 1}, 2.0).dollars
