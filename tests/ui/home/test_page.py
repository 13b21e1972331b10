"""The home page says what the studio does and leads to the models, by what a person wants."""

from __future__ import annotations

import pytest

from components.catalog import MODELS, WISHES
from components.ui.home.page import PROMISES
from tests.ui.screen import SPEC, Screen


def links(screen: Screen) -> list[str]:
    return [link.label for link in screen.at.get("page_link")]


def link(screen: Screen, name: str) -> str:
    """The words of the link that begins with this name, without Markdown's signs."""
    said = [label.replace("\\", "") for label in links(screen)]
    return next(label for label in said if label.startswith(f"**{name}**"))


def test_home_when_new_then_says_what_it_does_and_offers_every_wish(home):
    assert "side by side" in home.at.title[0].value
    assert "a portrait, a voice and a line of direction into video" in home.words()
    wishes = [header.value for header in home.at.header]
    assert wishes == [wish for wish in WISHES if any(spec.wish == wish for spec in MODELS.values())]
    for wish in wishes:
        assert PROMISES[wish] in home.words()


@pytest.mark.parametrize("spec", MODELS.values(), ids=lambda spec: spec.id)
def test_home_when_new_then_a_model_stands_there_with_who_runs_it_and_its_price(home, spec):
    said = link(home, spec.name)
    assert spec.provider_name in said
    assert "$" in said or "price not published" in said
    helps = [each.proto.help for each in home.at.get("page_link")]
    assert spec.pitch in helps


def test_home_when_there_is_no_key_then_says_that_the_sandbox_is_free(home):
    assert "Sandbox · free" in home.words()
    assert "No key is needed" in home.words()


@pytest.mark.parametrize(("state", "told"), [("done", True), ("failed", False), ("running", False)])
def test_home_when_there_are_generations_then_tells_of_the_last_video_only(home, add, state, told):
    add(state)
    assert ("last video just now" in link(home.again(), SPEC.name)) is told
