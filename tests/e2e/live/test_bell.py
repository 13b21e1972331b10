"""The bell in real browsers: it counts, lists, leads, and is the same in every tab."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.live.hearing import COUNT_RUNS, bell, hears
from tests.e2e.person import PATIENCE

pytestmark = pytest.mark.browser


def test_bell_when_work_ends_then_counts_without_a_run_and_looking_clears_it_in_every_tab(person, other, end):
    hears(person)
    hears(other)
    person.page.evaluate(COUNT_RUNS)
    for state in ("done", "failed", "uncertain", "cancelled", "running"):
        end(state)
    for tab in (person, other):
        expect(bell(tab)).to_have_accessible_name(re.compile("3 finished"), timeout=PATIENCE)
        expect(tab.page.locator(".bell [role=status]").first).to_have_text("3 finished since you last looked")
    assert person.page.evaluate("window.runs") == 0
    bell(person).click()
    expect(person.page.get_by_role("dialog", name="Finished lately").locator("li .new")).to_have_count(3)
    for tab in (person, other):
        expect(bell(tab)).to_have_accessible_name("Finished work")
    person.page.reload()
    expect(bell(person)).to_have_accessible_name("Finished work", timeout=PATIENCE)


def test_bell_when_used_by_keyboard_then_opens_lists_and_closes(person, end):
    end("failed")
    hears(person)
    ring, panel = bell(person), person.page.get_by_role("dialog", name="Finished lately")
    ring.focus()
    person.page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(ring).to_have_attribute("aria-expanded", "true")
    person.page.keyboard.press("Tab")
    expect(panel.get_by_role("link").first).to_be_focused()
    person.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(ring).to_be_focused()


def test_bell_when_a_piece_of_work_is_chosen_then_its_place_opens_and_the_studio_is_not_loaded_anew(person, end):
    end("failed")
    hears(person)
    person.page.evaluate("window.stayed = true")
    bell(person).click()
    person.page.locator(".bell li a").first.click()
    expect(person.page).to_have_url(re.compile("/activity$"))
    expect(person.page.get_by_role("heading", name="Needs you")).to_be_visible(timeout=PATIENCE)
    assert person.page.evaluate("window.stayed")


def test_bell_when_the_page_is_narrow_then_its_list_fits(person, end):
    person.page.set_viewport_size({"width": 390, "height": 844})
    end("done")
    hears(person)
    bell(person).click()
    box = person.page.get_by_role("dialog", name="Finished lately").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_bell_when_a_video_that_has_just_come_is_chosen_then_it_opens(person, end):
    hears(person)
    made = end("done")
    expect(bell(person)).to_have_accessible_name(re.compile("1 finished"), timeout=PATIENCE)
    bell(person).click()
    person.page.locator(f".bell li a[data-id='{made.id}']").click()
    expect(person.page).to_have_url(re.compile(f"/gallery\\?output={made.outputs[0].id}$"), timeout=PATIENCE)
