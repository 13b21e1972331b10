"""The ceiling as a script has it: set, read, taken away, and what the next press would meet."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from components.catalog import MODELS
from components.errors import CeilingReached
from components.library.records import Ceiling

OMNIHUMAN, PEOPLE = "runware/omnihuman-1", "bhuman/personalized-video"


@pytest.fixture
def ceilings(shared):
    yield shared.ceilings
    shared.ceilings.set(Ceiling())


def test_ceiling_when_it_limits_nothing_then_it_is_none(ceilings):
    ceilings.set(Ceiling(day=Decimal(5)))
    ceilings.set(Ceiling(zone="Europe/Berlin"))
    assert ceilings.get() == Ceiling()
    assert ceilings.room() is None
    assert ceilings.plan(OMNIHUMAN, {}) is None


@pytest.mark.parametrize("limits", [{"day": -1}, {"month": "NaN"}, {"in_flight": 0}, {"day": 10**7}])
def test_ceiling_when_it_can_be_none_then_it_is_refused(limits):
    with pytest.raises(ValidationError):
        Ceiling(**limits)


def test_plan_when_the_request_is_not_whole_then_only_what_is_left(ceilings):
    ceilings.set(Ceiling(day=Decimal(0)))
    plan = ceilings.plan(OMNIHUMAN, {})
    assert (plan.reserve, plan.full) == (None, None)
    assert [limit.left for limit in plan.room.limits()] == [0]


def test_plan_when_the_voice_is_known_then_its_length_counts_else_the_longest(
    ceilings, shared, voice_wav, portrait_jpg
):
    ceilings.set(Ceiling(day=Decimal(2)))
    spec = MODELS[OMNIHUMAN]
    face, voice = shared.add_asset(portrait_jpg).id, shared.add_asset(voice_wav).id
    asked = {spec.parameter("portrait"): face, spec.parameter("voice"): voice}
    known = ceilings.plan(OMNIHUMAN, asked)
    assert (known.reserve.dollars, known.reserve.basis, known.full) == (Decimal("0.097"), "estimate", None)
    address = ceilings.plan(OMNIHUMAN, asked | {spec.parameter("voice"): "https://example.com/voice.mp3"})
    assert (address.reserve.dollars, address.reserve.basis) == (Decimal("2.91"), "longest")
    assert isinstance(address.full, CeilingReached)
