"""HuMo's controls: every figure comes from the catalog, and the catalog's are the documented ones."""

from __future__ import annotations

from typing import get_args

import pytest

from components.catalog.check import bounds
from components.ui.create.inputs import SAMPLES
from tests.ui.screen import SPEC, Screen

NUMBERS = SPEC.parameters("number")
PRESET = {name for preset in SPEC.resolutions for name in preset.values}
CHOICES = [name for name in SPEC.parameters("choice") if name not in PRESET]
# The provider's page of bytedance-humo, read 2026-11-20: name, lowest, highest, default.
DOCUMENTED = [("frames", 10, 100, 30), ("scale_a", 1, 10, 5), ("scale_t", 1, 10, 5), ("steps", 1, 100, 30)]


def slider(screen: Screen, name: str):
    return screen.at.slider(key=f"{SPEC.page}:{name}")


def group(screen: Screen, name: str):
    return screen.at.button_group(key=f"{SPEC.page}:{name}")


@pytest.mark.parametrize(("name", "low", "high", "default"), DOCUMENTED)
def test_slider_when_new_then_is_as_documented(humo, name, low, high, default):
    shown = slider(humo, name)
    assert (shown.min, shown.max, shown.value) == (low, high, default)


def test_documented_when_counted_then_no_slider_is_missing():
    assert [row[0] for row in DOCUMENTED] == NUMBERS


@pytest.mark.parametrize("name", NUMBERS)
def test_slider_when_new_then_is_bounded_by_the_catalog(humo, name):
    shown, default = slider(humo, name), SPEC.field(name).get_default()
    assert ((shown.min, shown.max), shown.value) == (bounds(SPEC, name), default)
    assert type(shown.value) is SPEC.field(name).annotation


@pytest.mark.parametrize("name", CHOICES)
def test_choice_when_new_then_offers_what_the_catalog_has(humo, name):
    shown, words = group(humo, name), SPEC.control(name).choices
    assert shown.options == [words[option] for option in get_args(SPEC.field(name).annotation)]
    assert shown.value == SPEC.field(name).get_default()


@pytest.mark.parametrize("name", NUMBERS + CHOICES)
def test_help_when_read_then_tells_documented_name_and_range(humo, name):
    shown = group(humo, name) if name in CHOICES else slider(humo, name)
    limits = bounds(SPEC, name)
    span = " to ".join(map(str, limits)) if limits else " or ".join(get_args(SPEC.field(name).annotation))
    default = SPEC.field(name).get_default()
    assert f"`{name}`: {span}; default {default:g}." in shown.help if limits else f"`{name}`: {span}" in shown.help
    assert f"`{name}`" in shown.label


@pytest.mark.parametrize("preset", SPEC.durations, ids=lambda preset: preset.label)
def test_length_preset_when_pressed_then_sets_the_slider_and_lights_up(humo, preset):
    humo.choose("durations:pick", preset.label)
    assert slider(humo, "frames").value == preset.values["frames"]
    assert group(humo, "durations:pick").value == preset.label


def test_length_preset_when_the_slider_leaves_it_then_goes_out(humo):
    humo.choose("durations:pick", SPEC.durations[0].label).slide("frames", 60)
    assert group(humo, "durations:pick").value is None
    assert "2.4 s" in slider(humo, "frames").label


def test_length_preset_when_pressed_twice_then_stays(humo):
    label = SPEC.durations[1].label
    humo.choose("durations:pick", label).choose("durations:pick", None)
    assert group(humo, "durations:pick").value == label


@pytest.mark.parametrize("preset", SPEC.resolutions, ids=lambda preset: preset.label)
def test_size_preset_when_pressed_then_sets_both_sides(humo, preset):
    humo.choose("resolutions:pick", preset.label)
    assert {name: humo.value(name) for name in preset.values} == preset.values


def test_values_when_another_page_was_open_then_are_still_there(humo, studio):
    humo.write("A person reads").slide("scale_a", 7.5).choose("mode", "TIA")
    humo.choose("resolutions:pick", SPEC.resolutions[1].label)
    humo.press("audio:sample").open("settings").open("humo")
    assert (humo.value("prompt"), humo.value("scale_a"), humo.value("mode")) == ("A person reads", 7.5, "TIA")
    assert humo.at.text_area[0].value == "A person reads"
    assert slider(humo, "scale_a").value == 7.5
    assert group(humo, "resolutions:pick").value == SPEC.resolutions[1].label
    assert not humo.asks_for("audio")


def test_first_visit_when_something_was_made_before_then_starts_from_it(home, add, studio):
    voice = studio.add_asset(SAMPLES["audio"])
    add("done", prompt="The last take", audio=voice.id, frames=49, scale_a=8.5)
    screen = home.open("humo")
    assert screen.at.text_area[0].value == "The last take"
    assert (slider(screen, "frames").value, slider(screen, "scale_a").value) == (49, 8.5)
    assert not screen.asks_for("audio")


def test_first_visit_when_the_last_voice_is_gone_then_asks_for_one(home, add):
    add("done", audio="gone")
    assert home.open("humo").asks_for("audio")
