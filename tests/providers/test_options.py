"""A provider's own settings: read by name, told in a sentence where they do not fit, complete in the papers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components.catalog import MODELS, wire_names_settings
from components.errors import NotConfigured
from components.providers import PROVIDERS, check_settings
from components.providers.declarations import Option
from components.providers.options import chosen, wire_names
from components.settings import ROOT, Settings

KEYS = [name.upper() for kind in PROVIDERS.values() for name in kind.key_names]
OTHERS = [option.name for kind in PROVIDERS.values() for option in kind.options]
OTHERS += wire_names_settings()
FAST = Option("MAKER_API", ("fast", "slow"))


@pytest.mark.parametrize(("given", "expected"), [(None, "fast"), ("", "fast"), (" slow\n", "slow")])
def test_choice_when_made_or_left_then_it_or_the_first_counts(given, expected):
    assert chosen(Settings(MAKER_API=given), FAST) == expected


def test_choice_when_there_is_no_such_then_the_sentence_names_those_that_there_are():
    with pytest.raises(NotConfigured, match=r"MAKER_API is 'v9'\. Set it to fast or slow"):
        chosen(Settings(MAKER_API="v9"), FAST)


@pytest.mark.parametrize(
    ("given", "words"), [("{", "HUMO_INPUT_NAMES must be names"), ('{"imag": "x"}', "'imag', which HuMo does not")]
)
def test_names_when_they_do_not_fit_then_a_sentence_says_so(given, words):
    with pytest.raises(NotConfigured, match=words):
        wire_names(Settings(HUMO_INPUT_NAMES=given), MODELS["segmind/humo"])


@pytest.mark.parametrize("spec", MODELS.values(), ids=MODELS.keys())
def test_names_when_a_model_names_no_setting_then_none_is_another(spec):
    given = Settings(**{name: {"image": "image_url"} for name in OTHERS if name.endswith("_NAMES")})
    assert bool(wire_names(given, spec)) == bool(spec.wire_names_setting)


@pytest.mark.parametrize("name", OTHERS)
def test_settings_when_one_does_not_fit_then_the_studio_says_so_before_it_starts(name):
    check_settings(Settings())
    with pytest.raises(NotConfigured, match=name):
        check_settings(Settings(**{name: "no such thing"}))


@pytest.mark.parametrize("name", KEYS + OTHERS)
def test_readme_when_read_then_its_table_names_every_setting_of_a_provider(name):
    table = Path(ROOT / "README.md").read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    assert any(f"`{name}`" in line for line in table.splitlines() if line.startswith("|"))


def test_example_of_secrets_when_read_then_it_names_every_setting_of_a_provider_and_no_other():
    text = Path(ROOT / ".streamlit" / "secrets.example.toml").read_text("utf-8")
    assert sorted(re.findall(r"^# (\w+) =", text, re.MULTILINE)) == sorted(map(str.lower, KEYS + OTHERS))
