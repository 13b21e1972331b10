"""What holds for every model of the catalog, whichever there are."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from components.catalog import MODELS, WISHES, model
from components.catalog.check import validate
from components.catalog.spec import PictureLimits, VoiceLimits
from components.errors import NotFound
from docs import generate
from tests.catalog.made_up import made_up

ADDRESS = "https://example.com/file"
EVERY = pytest.mark.parametrize("spec", MODELS.values(), ids=lambda spec: spec.id)
FORMS = [spec for spec in MODELS.values() if not spec.parameters("table")]


@pytest.mark.parametrize("spec", FORMS, ids=lambda spec: spec.id)
def test_preset_when_pressed_then_the_request_stays_valid(spec):
    needed = {name for name in spec.parameters() if spec.field(name).is_required()}
    given = dict.fromkeys(needed & set(spec.parameters("text")), "A woman speaks.")
    given |= dict.fromkeys(spec.files(), ADDRESS)
    pressed = [preset.values for preset in (*spec.resolutions, *spec.durations)]
    for values in [*pressed, spec.example, spec.portrait_mode]:
        validate(spec, {**given, **values})


@EVERY
def test_control_when_shown_then_it_has_words_and_a_dated_source(spec):
    for name in spec.parameters():
        control = spec.control(name)
        assert control.title
        assert control.help.endswith(".")
        assert re.search(r"20\d\d-\d\d-\d\d", control.source)
        if control.kind == "choice" and control.choices:
            assert set(control.choices) == set(spec.options(name))


@EVERY
def test_model_when_listed_then_it_is_found_by_its_id_under_its_wish(spec):
    assert model(spec.id) is spec
    assert spec.wish in WISHES
    assert re.search(r"20\d\d", spec.price.source)


def test_addresses_when_listed_then_no_two_models_share_one():
    assert len({spec.page for spec in MODELS.values()}) == len(MODELS)
    assert len({spec.name for spec in MODELS.values()}) == len(MODELS)


def test_model_when_unknown_then_the_sentence_names_the_known_ones():
    with pytest.raises(NotFound, match="no model called 'x/y'") as refused:
        model("x/y")
    assert all(name in str(refused.value) for name in MODELS)


def test_docs_page_when_compared_with_the_catalog_then_it_is_fresh():
    assert generate.main(["--check"]) == 0


def test_docs_page_when_a_model_has_limits_and_open_questions_then_it_tells_them(monkeypatch):
    spec = made_up(
        voice=VoiceLimits(300.0, inclusive=True, least_seconds=2.0, most_bytes=5_000_000, formats=("audio/wav",)),
        picture=PictureLimits(sides=(300, 6000), ratio=(0.4, 2.5)),
    )
    monkeypatch.setitem(MODELS, spec.id, replace(spec, unknown=("the usual time", "the size")))
    under = generate.models().split(f"\n## {spec.wish}\n")[1].split("\n## ")[0]
    assert "Voice: 2 to 300 seconds long, at most 5 MB, WAV." in under
    assert "Picture: 300 to 6000 pixels on each side, between 1:2.5 and 2.5:1 in shape." in under
    assert "$0.100 a second (made up for tests" in under
    assert "Not documented: the usual time; the size." in under
