"""Generate: told what is missing, one press one generation, and every state in words."""

from __future__ import annotations

import re
import time

import pytest

from components.engine.submit import BY_ITSELF
from components.errors import ErrorInfo, StudioError
from components.studio.generations import Generations
from tests.ui.screen import SPEC, TO_CORRECT, Screen

WORDS = "**bold** <b>x</b> [press](https://elsewhere.example) $x$ :red[y]"


@pytest.fixture
def ready(humo: Screen) -> Screen:
    """A form in which nothing is missing, for the smallest clip."""
    humo.press("example").slide("frames", 10)
    return humo.choose("resolutions:pick", SPEC.resolutions[1].label)


def test_generate_when_all_is_missing_then_says_so_beside_each_and_at_the_button(humo, studio):
    humo.generate()
    assert "Direction (prompt) is missing" in humo.beside("prompt")
    assert "Voice (audio) is missing" in humo.beside("audio")
    assert "2 things above; nothing was sent." in humo.words()
    assert TO_CORRECT not in humo.beside("image")
    assert studio.generations.recent() == []


def test_generate_when_never_pressed_then_blames_nobody(humo):
    assert TO_CORRECT not in humo.words()


def test_problems_when_corrected_then_go_one_by_one(humo):
    humo.generate().write("A person")
    assert TO_CORRECT not in humo.beside("prompt")
    assert "One thing above; nothing was sent." in humo.words()
    humo.press("audio:sample")
    assert TO_CORRECT not in humo.words()


def test_generate_when_tia_has_no_portrait_then_says_so_beside_the_portrait(humo, studio):
    humo.write("A person").press("audio:sample").choose("mode", "TIA").generate()
    assert "TIA needs a portrait image; choose one or switch to TA." in humo.beside("image")
    assert "One thing above" in humo.words()
    assert studio.generations.recent() == []


def test_prompt_when_only_blanks_then_is_missing(humo):
    humo.write("   ").generate()
    assert "Direction (prompt) is missing" in humo.beside("prompt")


def test_generate_when_pressed_once_then_one_generation_with_what_the_form_says(ready, studio):
    ready.slide("scale_a", 7.5).generate()
    [made] = studio.generations.recent()
    assert made.parameters["scale_a"] == 7.5
    assert (made.parameters["mode"], made.parameters["width"], made.parameters["frames"]) == ("TIA", 832, 10)
    ready.again().again()
    assert len(studio.generations.recent()) == 1
    studio.wait(made.id, 60)


def test_generate_when_pressed_twice_at_once_then_one_generation(ready, studio):
    ready.generate().generate()
    made = studio.generations.recent()
    for one in made:
        studio.wait(one.id, 60)
    assert len(made) == 1


def test_generation_when_done_then_plays_and_differing_settings_stand_out(ready, studio):
    for scale in (5.0, 7.5):
        ready.slide("scale_a", scale).generate()
        studio.wait(studio.generations.recent()[0].id, 60)
    newest, oldest = ready.again().tiles()
    assert (newest["kind"], oldest["kind"]) == ("clip", "clip")
    assert (newest["differs"], oldest["differs"]) == ([["scale_a", "7.5"]], [["scale_a", "5"]])
    assert newest["url"].startswith("/files/")
    assert newest["downloadName"].startswith("humo-")
    assert "from 2 runs here" in ready.words()


def test_empty_when_nothing_was_made_then_says_what_to_do(humo):
    assert "Your videos play here, side by side" in humo.words()
    assert humo.tiles() == []


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("queued", "waiting for its turn"),
        ("submitting", "being sent"),
        ("running", "rendering"),
        ("saving", "being saved"),
    ],
)
def test_tile_when_under_way_then_says_what_it_does_and_counts(humo, add, state, told):
    generation = add(state)
    [tile] = humo.again().tiles()
    assert tile["message"].startswith(told)
    assert "first run here, so no usual time yet" in tile["message"]
    assert tile["startedAt"] == pytest.approx(generation.submitted_at or generation.created_at)
    assert tile["hint"] == "You can close this page."


@pytest.mark.parametrize("state", ["failed", "uncertain"])
def test_tile_when_it_went_wrong_then_says_what_and_what_to_do_next(humo, add, state):
    add(state, ErrorInfo(code="x", message="It broke.", hint="Try again."))
    [tile] = humo.again().tiles()
    assert (tile["state"], tile["message"], tile["hint"]) == (state, "It broke.", "Try again.")
    assert tile["startedAt"] is None


def test_tile_when_running_with_a_hindrance_then_says_it(humo, add):
    add("running", ErrorInfo(code="x", message="The key is gone.", hint="Set it again."))
    assert humo.again().tiles()[0]["hint"] == "The key is gone. Set it again."


def test_generation_when_it_waits_after_a_refusal_then_says_what_happened_and_when_it_is_tried_again(
    humo, add, studio
):
    waiting = add("queued")
    info = ErrorInfo(code="rate_limited", message="Segmind takes no more requests.", hint=BY_ITSELF)
    studio.generations._rows.count_try(waiting.id, info, 90)
    [tile] = humo.again().tiles()
    assert tile["againAt"] == pytest.approx(time.time() + 90, abs=30)
    assert tile["hint"] == f"Segmind takes no more requests. {BY_ITSELF}"
    assert "generate again" not in tile["hint"].lower()
    assert humo.at.button(key=f"create:cancel:{waiting.id}")


def test_cancel_when_it_waits_then_takes_it_back(humo, add, studio):
    waiting = add("queued")
    humo.again().at.button(key=f"create:cancel:{waiting.id}").click().run()
    assert studio.generations.get(waiting.id).state == "cancelled"
    [tile] = humo.fine().tiles()
    assert (tile["state"], tile["message"]) == ("cancelled", "Cancelled before it was sent.")
    assert not [button for button in humo.at.button if (button.key or "").startswith("create:cancel:")]


@pytest.mark.parametrize(
    ("state", "said"), [("submitting", "already been sent"), ("running", "already been sent"), ("done", "is done")]
)
def test_cancel_when_the_request_leaves_as_it_is_pressed_then_says_what_happened(humo, add, studio, state, said):
    waiting = add("queued")
    humo.again()
    studio.generations._rows.move(waiting.id, "queued", state)
    humo.at.button(key=f"create:cancel:{waiting.id}").click().run()
    assert said in humo.fine().at.toast[0].value
    assert studio.generations.get(waiting.id).state == state
    assert not humo.again().at.toast


def test_cancel_when_it_was_sent_then_is_not_offered(humo, add):
    add("running")
    assert not [button for button in humo.again().at.button if (button.key or "").startswith("create:cancel:")]


def test_earlier_ones_when_asked_for_then_are_shown(humo, add):
    for _ in range(6):
        add("failed")
    assert len(humo.again().tiles()) == 4
    next(button for button in humo.at.button if button.label == "Show earlier ones").click().run()
    assert len(humo.fine().tiles()) == 6


def test_words_from_outside_when_shown_as_an_error_then_are_harmless(ready, monkeypatch):
    def refuse(*_: object) -> None:
        raise StudioError(WORDS)

    monkeypatch.setattr(Generations, "submit", refuse)
    shown = ready.generate().at.error[0].value
    assert shown.replace("\\", "") == WORDS
    assert re.findall(r"(?<!\\)[*<>\[\]()$:]", shown) == []
