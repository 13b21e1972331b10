"""The browser's own notifications: one for all tabs, none where somebody looks, and a sentence where refused."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser import watched
from tests.e2e.live.hearing import QUIET_MS, bell, hears
from tests.e2e.person import PATIENCE, Person

pytestmark = pytest.mark.browser
# Notifications are recorded instead of shown, and a test says when the tab is hidden.
RECORDED = """
  const real = window.Notification;
  window.notes = [];
  window.away = false;
  window.Notification = class {
    static get permission() { return real.permission; }
    static requestPermission() { return real.requestPermission(); }
    constructor(title, options) { window.notes.push([title, options]); }
    close() {}
  };
  Object.defineProperty(document, 'hidden', { get: () => window.away });
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, because what is recorded for all its tabs stays."""
    own = browser.new_context(color_scheme="dark")
    own.add_init_script(RECORDED)
    yield own
    own.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    with watched(context) as page:
        yield page


def notes(*people: Person) -> list[list]:
    return [note for person in people for note in person.page.evaluate("window.notes")]


def until_noted(*people: Person) -> None:
    """Any of them; the pages go on meanwhile."""
    deadline = time.monotonic() + 60
    while not notes(*people):
        assert time.monotonic() < deadline, "nobody was told"
        people[0].page.wait_for_timeout(50)


def asks_to_be_told(person: Person) -> Locator:
    bell(person).click()
    switch = person.page.get_by_role("switch", name="Tell me when a video is ready")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    return switch


def test_notification_when_allowed_and_two_tabs_are_hidden_then_is_one_and_says_the_model_only(
    context, person, other, end
):
    context.grant_permissions(["notifications"])
    hears(person)
    hears(other)
    expect(asks_to_be_told(person)).to_have_attribute("aria-checked", "true")
    for tab in (person, other):
        tab.page.evaluate("window.away = true")
    made = end("done", prompt="a secret wish")
    expect(bell(other)).to_have_accessible_name(re.compile("1 finished"), timeout=PATIENCE)
    until_noted(person, other)
    person.page.wait_for_timeout(QUIET_MS)
    assert notes(person, other) == [["HuMo: a video is ready", {"tag": made.id}]]


def test_notification_when_a_tab_is_looked_at_then_is_none(context, person, other, end):
    context.grant_permissions(["notifications"])
    hears(person)
    hears(other)
    expect(asks_to_be_told(person)).to_have_attribute("aria-checked", "true")
    other.page.evaluate("window.away = true")
    end("done")
    expect(bell(other)).to_have_accessible_name(re.compile("1 finished"), timeout=PATIENCE)
    person.page.wait_for_timeout(QUIET_MS)
    assert notes(person, other) == []


def test_notification_when_the_browser_refuses_then_says_so_and_the_bell_counts_on(context, person, end):
    hears(person)
    switch = asks_to_be_told(person)
    expect(person.page.get_by_text("Your browser blocks them.")).to_be_visible()
    expect(switch).to_have_attribute("aria-checked", "false")
    bell(person).click()
    end("done")
    expect(bell(person)).to_have_accessible_name(re.compile("1 finished"), timeout=PATIENCE)
    assert notes(person) == []
