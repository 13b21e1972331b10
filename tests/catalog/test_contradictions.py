"""A catalog file that cannot be true fails when it is imported, with a sentence that says where."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from components.catalog.contradictions import ContradictorySpec
from components.catalog.spec import Control, Means, ModelRequest, Preset, Price, VoiceLimits
from tests.catalog.made_up import SOURCE, Asked, made_up


class TwoDirections(Asked):
    """One role twice."""

    also: Annotated[str, Control("Also", "More.", "text", SOURCE, means=Means("direction"))] = ""


class OnePlace(Asked):
    """Two parameters at one place of the request."""

    other: Annotated[str, Control("Other", "More.", "line", SOURCE, wire="inputs.speech")] = ""


class Alone(Asked):
    """A parameter that goes with one which is not there."""

    mode: Annotated[str, Control("Mode", "More.", "line", SOURCE, only_with="campaign")] = ""


class Bare(ModelRequest):
    """A parameter without words."""

    number: Annotated[int, Field(ge=1)] = 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slug": ""}, "the slug is missing"),
        ({"id": "other/made-up"}, "the id must begin with its provider"),
        ({"page": "made up"}, "the page's address"),
        ({"request": Bare, "example": {}}, "number has no Control"),
        ({"request": TwoDirections}, "two parameters stand for the role 'direction'"),
        ({"request": Alone}, "mode goes with the role 'campaign' only, which no parameter has"),
        ({"request": OnePlace}, "two parameters stand at 'inputs.speech'"),
        ({"resolutions": (Preset("Huge", {"strength": 10}),)}, "the preset Huge sets strength to 10"),
        ({"resolutions": (Preset("Odd", {"width": 10}),)}, "the preset Odd sets 'width', which is no parameter"),
        ({"example": {"prompt": "x"}}, "the example sets 'prompt'"),
        ({"portrait_mode": {"strength": "much"}}, "portrait_mode sets strength"),
        ({"address_only": ("audio",)}, "address_only names 'audio'"),
        ({"price": Price(None, SOURCE, depends_on="resolution")}, "the price names 'resolution'"),
        ({"voice": None}, "has no VoiceLimits"),
        ({"picture": None}, "has no PictureLimits"),
        ({"voice": VoiceLimits(2.0, least_seconds=2.0)}, "the shortest voice"),
        ({"durations": (Preset("1 s", {"strength": 1}),)}, "no frames a second"),
    ],
)
def test_spec_when_it_contradicts_itself_then_a_sentence_says_where(changes, sentence):
    with pytest.raises(ContradictorySpec, match="made-up") as refused:
        made_up(**changes)
    assert sentence in str(refused.value)


def test_spec_when_all_of_it_agrees_then_it_is_made():
    assert made_up().slug == "made-up"
