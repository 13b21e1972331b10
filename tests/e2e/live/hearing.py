"""What a tab is told, and how often its page runs."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.e2e.person import PATIENCE, Person

EVENTS = re.compile(r"/api/events")
QUIET_MS = 3000
# Counts the runs of the page's script, whole or in part.
COUNT_RUNS = """() => {
  window.runs = 0;
  const app = document.querySelector('[data-testid=stApp]');
  const count = () => { window.runs += app.dataset.testScriptState === 'running'; };
  window.counter?.disconnect();
  window.counter = new MutationObserver(count);
  window.counter.observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
}"""


class Told:
    """What came through the tab's socket."""

    def __init__(self, page: Page) -> None:
        self.messages: list[dict] = []
        page.on("websocket", self._watch)

    def _watch(self, socket: WebSocket) -> None:
        if EVENTS.search(socket.url):
            socket.on("framereceived", lambda frame: self.messages.append(json.loads(frame)))

    @property
    def changes(self) -> int:
        return sum(bool(message["changes"]) for message in self.messages)


def bell(person: Person) -> Locator:
    return person.page.locator(".bell .ring")


def hears(person: Person) -> None:
    """Opens a page with nothing of its own on it, and waits until the bell is there and the tab is told."""
    told = Told(person.page)
    person.opens("settings")
    expect(bell(person)).to_be_visible(timeout=PATIENCE)
    while not told.messages:
        person.page.wait_for_timeout(50)
    person.calm()
