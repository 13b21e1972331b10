"""The one list of pages: every page has its file, every file its page, every model a place under its wish."""

from __future__ import annotations

import pytest

from components.catalog import MODELS, WISHES
from components.ui.frame.places import ADDRESSES, MODEL_PAGES, PAGES, SECTIONS, MissingPage, Place
from tests.ui.screen import Screen


def test_list_when_held_against_the_folder_then_every_file_is_a_page_and_every_page_a_file():
    assert sorted(place.file for place in ADDRESSES.values()) == sorted(PAGES.glob("*.py"))


def test_list_when_read_then_no_address_stands_twice():
    assert len(ADDRESSES) == sum(len(places) for places in SECTIONS.values())


@pytest.mark.parametrize("spec", MODELS.values(), ids=lambda spec: spec.id)
def test_model_when_it_has_a_wish_then_its_page_stands_under_it(spec):
    assert spec.wish in WISHES
    assert MODEL_PAGES[spec.id] in SECTIONS[spec.wish]
    assert ADDRESSES[spec.page].title == spec.name


def test_page_when_two_visitors_open_it_at_once_then_neither_runs_in_the_others_turn():
    """Streamlit notes on the page itself that it may run now, and takes it back when it does."""
    assert ADDRESSES["activity"].page is not ADDRESSES["activity"].page


def test_page_when_its_file_is_missing_then_a_sentence_says_which():
    with pytest.raises(MissingPage, match=r"'Made Up' needs the file pages/made_up\.py, which is missing\."):
        Place("made-up", "Made Up", "videocam")


@pytest.mark.parametrize("place", ADDRESSES.values(), ids=lambda place: place.name)
def test_page_when_opened_then_it_is_drawn(studio, place):
    assert Screen().open(place.file.stem).at.title
