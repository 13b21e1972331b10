"""What Python and the browser's side share stands in one generated file, and each state has its words."""

from typing import get_args

import pytest

from components.library.records import ENDED, State
from components.ui.browser import contract
from components.ui.frame.states import COUNTED, STATES, sentence, tone, word
from components.ui.frame.style import THEME_NAMES, colours
from docs import constants


def test_constants_when_generated_anew_then_the_file_says_the_same():
    assert constants.TARGET.read_text("utf-8") == constants.text(), "run make docs"


def test_constants_when_written_then_every_limit_and_name_is_in_them():
    text = constants.text()
    for name in ("SHIFT_LIMIT = 60", 'SOCKET_PATH = "/api/events"', "BELL_ITEMS", "SPEEDS = [0.25, 0.5,", "VIEWS"):
        assert f"export const {name}" in text
    for name in contract.ADDRESS_PARAMETERS:
        assert f'"{name}"' in text


@pytest.mark.parametrize("state", get_args(State))
def test_state_when_spoken_of_then_has_a_word_a_sentence_and_a_tone(state):
    assert word(state)
    assert word(state) == word(state).lower()
    assert sentence(state).endswith(".")
    assert tone(state) in ("good", "careful", "quiet")


def test_states_when_listed_then_all_have_words_and_only_ended_ones_count():
    assert set(STATES) == set(get_args(State))
    assert set(COUNTED) < ENDED


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_colours_when_read_then_they_are_those_of_the_theme(theme):
    found = colours(theme)
    assert set(found) == {*THEME_NAMES, "on-accent"}
    assert all(value.startswith("#") for value in found.values())
    assert found["accent"] == {"dark": "#f2b84b", "light": "#8a5200"}[theme]
