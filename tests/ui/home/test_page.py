"""The home page says what the studio does and leads to the models."""

from __future__ import annotations

import pytest

from tests.ui.screen import SPEC, Screen


def links(screen: Screen) -> list[str]:
    return [link.label for link in screen.at.get("page_link")]


def test_home_when_new_then_says_what_it_does_and_offers_every_model(home):
    assert "side by side" in home.at.title[0].value
    words = home.words()
    for said in ("a portrait, a voice and a line of direction into video", SPEC.title, SPEC.pitch, SPEC.name):
        assert said in words
    assert f"Open {SPEC.name}" in links(home)


def test_home_when_there_is_no_key_then_says_that_the_sandbox_is_free(home):
    assert "Sandbox · free" in home.words()
    assert "No key is needed" in home.words()


@pytest.mark.parametrize(("state", "told"), [("done", True), ("failed", False), ("running", False)])
def test_home_when_there_are_generations_then_tells_of_the_last_video_only(home, add, state, told):
    add(state)
    assert any("last video just now" in link for link in links(home.again())) is told
