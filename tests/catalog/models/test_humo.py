"""HuMo's entry against the table on Segmind's page of bytedance-humo, read 2026-11-20, word for word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from components.catalog import MODELS
from components.catalog.check import bounds, validate

ROOT = Path(__file__).parents[3]
HUMO = MODELS["segmind/humo"]
NUMBERS = {
    "frames": (int, 10, 100, 30),
    "scale_a": (float, 1, 10, 5),
    "scale_t": (float, 1, 10, 5),
    "steps": (int, 1, 100, 30),
}
CHOICES = {"height": ({720, 480}, 720), "width": ({1280, 832}, 1280), "mode": ({"TA", "TIA"}, "TA")}
GIVEN = {"prompt": "A woman speaks", "audio": "https://example.com/a.mp3"}


@pytest.mark.parametrize("name", NUMBERS)
def test_number_when_compared_with_the_documents_then_type_bounds_and_default_are_the_same(name):
    kind, low, high, default = NUMBERS[name]
    field = HUMO.field(name)
    assert (field.annotation, bounds(HUMO, name), field.default) == (kind, (low, high), default)


@pytest.mark.parametrize("name", CHOICES)
def test_choice_when_compared_with_the_documents_then_values_and_default_are_the_same(name):
    values, default = CHOICES[name]
    field = HUMO.field(name)
    assert (set(get_args(field.annotation)), field.default) == (values, default)


def test_parameters_when_compared_with_the_documents_then_none_is_missing_or_invented():
    assert set(HUMO.parameters()) == NUMBERS.keys() | CHOICES.keys() | {"prompt", "image", "audio"}
    assert HUMO.files() == ["image", "audio"]


def test_defaults_when_nothing_else_is_given_then_they_are_a_valid_request():
    assert validate(HUMO, GIVEN).model_dump(include={"frames", "mode", "image"}) == {
        "frames": 30,
        "mode": "TA",
        "image": None,
    }


BOUND = re.compile(r"\b(ge|le|gt|lt|min_value|max_value)\s*=\s*(10|100)\b|\b(1280|832)\b|\(10, 10[01]\)")
CHEAPEST = re.compile(r"Cheapest\(.*?\n    \)", re.DOTALL)
"""A provider's cheapest request is one request within the bounds, and no bound itself."""


@pytest.mark.parametrize("folder", ["components", "pages"])
def test_source_outside_the_catalog_when_searched_then_no_bound_of_humo_stands_there(folder):
    files = [file for file in (ROOT / folder).rglob("*.py") if "catalog" not in file.parts]
    texts = {str(file): CHEAPEST.sub("", file.read_text("utf-8")) for file in files}
    repeated = [f"{name}: {found[0]}" for name, text in texts.items() if (found := BOUND.search(text))]
    assert repeated == []


def test_search_for_bounds_when_run_on_the_catalog_itself_then_it_finds_them():
    assert BOUND.search((ROOT / "components/catalog/models/humo.py").read_text("utf-8"))
