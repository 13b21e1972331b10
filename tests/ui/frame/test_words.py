"""Words for figures: what a card, a tile and a title say."""

from __future__ import annotations

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from components.catalog import MODELS
from components.library.records import Generation
from components.ui.frame import visitor, words

HUMO = MODELS["segmind/humo"]
BHUMAN = "bhuman/personalized-video"


def made(
    sandbox: bool = False, cost: int | None = 420_000, model: str = "runware/omnihuman-1", **parameters: object
) -> Generation:
    row = {"id": "g", "owner": "local", "model": model, "state": "done", "error": None, "tries": 0}
    times = {"created_at": 0.0, "submitted_at": 0.0, "finished_at": 0.0}
    return Generation(**row, **times, sandbox=sandbox, cost_micros=cost, parameters=parameters)


@pytest.mark.parametrize(
    ("generation", "said"),
    [
        (made(), "live · $0.42"),
        (made(numberResults=1), "live · $0.42"),
        (made(numberResults=3), "live · $0.42 for 3 takes"),
        (made(model=BHUMAN, names=[["Ann"], ["Bo"]]), "live · $0.42 for 2 people"),
        (made(model=BHUMAN, names=[["Ann"]]), "live · $0.42"),
        (made(cost=None, numberResults=3), "live"),
        (made(sandbox=True, cost=None, numberResults=3), "sandbox"),
        (made(sandbox=True, cost=1_464_000), "sandbox · would have cost $1.46"),
        (made(sandbox=True, numberResults=3), "sandbox · would have cost $0.42 for 3 takes"),
        (made(cost=4_000), "live · under $0.01"),
        (made(cost=0), "live · $0.00"),
    ],
)
def test_cost_when_one_request_brings_several_then_it_says_for_how_many(generation, said):
    assert words.side(generation) == said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("mode", "TIA", ("Uses", "Text + portrait + voice")),
        ("mode", "a word from earlier days", ("Uses", "a word from earlier days")),
        ("frames", 97, ("Length", "3.9 s")),
        ("scale_a", 7.5, ("Follow the voice", "7.5")),
    ],
)
def test_setting_when_shown_on_a_card_then_in_plain_words(name, value, said):
    assert words.setting(HUMO, name, value) == said


@pytest.mark.parametrize("told", [None, "", "Nowhere/Atall", "../../etc/passwd", "Europe", "\0", "x" * 9999])
def test_zone_when_the_browser_tells_none_that_is_known_then_the_servers_own_counts(monkeypatch, told):
    monkeypatch.setattr(visitor.st, "context", SimpleNamespace(timezone=told))
    assert visitor.zone() is None


def test_zone_when_the_browser_tells_it_then_it_is_that(monkeypatch):
    monkeypatch.setattr(visitor.st, "context", SimpleNamespace(timezone="Europe/Berlin"))
    assert visitor.zone() == ZoneInfo("Europe/Berlin")
