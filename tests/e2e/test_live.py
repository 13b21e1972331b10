"""Live status in real browsers: pages are told and do not look; the bell counts; a lost socket costs nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, WebSocket, expect

from components.library.database import open_database, sqlite_url
from components.settings import Settings
from tests.browser import watched
from tests.conftest import as_live
from tests.e2e.person import PATIENCE, Person
from tests.e2e.watching import play, poll
from tests.sandbox_server import SandboxServer
from tests.studio_server import StudioServer, start_studio
from tests.ui.rows import add_generation

pytestmark = pytest.mark.browser

EVENTS = re.compile(r"/api/events")
SLOW_SECONDS, QUIET_MS = 6, 3000
# Counts the runs of the page's script, whole or in part.
COUNT_RUNS = """() => {
  window.runs = 0;
  const app = document.querySelector('[data-testid=stApp]');
  const count = () => { window.runs += app.dataset.testScriptState === 'running'; };
  new MutationObserver(count).observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
}"""
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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, session_sandbox: SandboxServer) -> Iterator[StudioServer]:
    """A studio that takes the session's sandbox for the provider, so that a test can make it slow."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("live") / "data")
    with start_studio(settings.model_copy(update=as_live(session_sandbox.url))) as running:
        yield running


@pytest.fixture
def person(page: Page, server: StudioServer, sandbox: SandboxServer) -> Person:
    return Person(page, server)


@pytest.fixture
def other(person: Person) -> Iterator[Person]:
    """A second tab of the same browser."""
    with watched(person.page.context) as page:
        yield Person(page, person.server)


@pytest.fixture
def end(server: StudioServer) -> Iterator[Callable[..., object]]:
    """Writes finished work into the server's library, as a worker elsewhere would."""
    database = open_database(sqlite_url(server.data_dir / "studio.db"))
    yield partial(add_generation, database)
    database.dispose()


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


def generates(person: Person) -> None:
    person.opens()
    person.fills_in()
    person.calm()
    person.generate.click()


def test_take_when_awaited_then_arrives_by_push_and_no_script_runs_meanwhile(person, sandbox):
    sandbox.rehearse(slow_seconds=SLOW_SECONDS)
    told = Told(person.page)
    generates(person)
    expect(person.tiles.first).to_contain_text("rendering")
    person.page.wait_for_timeout(1000)
    person.calm()
    person.page.evaluate(COUNT_RUNS)
    before = told.changes
    person.page.wait_for_timeout(QUIET_MS)
    runs, changes = person.page.evaluate("window.runs"), told.changes - before
    assert runs <= 2 * changes, "without news nothing runs"
    person.sees_ready(1)
    play(person.player)
    poll(person.player, "(root) => root.querySelector('video').currentTime > 0.3")
    assert person.page.evaluate("window.runs") <= 2 * (told.changes - before) + 1


def test_take_when_made_in_another_tab_then_shows_without_a_reload(person, other):
    other.opens()
    before = other.tiles.count()
    generates(person)
    expect(other.tiles).to_have_count(min(before + 1, 4))
    expect(other.tiles.first.locator("video")).to_be_visible(timeout=PATIENCE)


def test_socket_when_it_cannot_be_had_then_the_page_looks_by_itself_while_something_is_under_way(person):
    person.page.route_web_socket(EVENTS, lambda socket: socket.close())
    generates(person)
    expect(person.tiles.first.locator("video")).to_be_visible(timeout=PATIENCE)
    assert any(runs_in(person, 2 * QUIET_MS) == 0 for _ in range(4)), "with nothing under way it comes to rest"


def runs_in(person: Person, ms: int) -> int:
    person.calm()
    person.page.evaluate(COUNT_RUNS)
    person.page.wait_for_timeout(ms)
    return person.page.evaluate("window.runs")


def test_server_when_started_again_then_the_tab_is_told_again(person, server, end):
    hears(person)
    expect(bell(person)).to_have_accessible_name("Finished work")
    assert server.interrupt() >= 0, "open sockets do not keep it from ending"
    assert "Traceback" not in server.words()
    end("done")
    server.start()
    expect(bell(person)).to_have_accessible_name(re.compile("1 finished"), timeout=PATIENCE)
    end("failed")
    expect(bell(person)).to_have_accessible_name(re.compile("2 finished"), timeout=PATIENCE)


def test_take_when_the_server_starts_again_in_between_then_arrives_without_a_reload(person, server, sandbox):
    sandbox.rehearse(slow_seconds=SLOW_SECONDS)
    generates(person)
    expect(person.tiles.first).to_contain_text("rendering")
    begun = person.newest()
    server.kill()
    server.start()
    expect(person.page.locator(f"[data-tile='{begun}'] video")).to_be_visible(timeout=PATIENCE)


def test_page_when_it_rests_and_the_server_starts_again_then_is_told_and_answers(person, server, end):
    person.opens()
    person.calm()
    server.kill()
    server.start()
    made = end("done")
    expect(person.page.locator(f"[data-tile='{made.id}']")).to_be_visible(timeout=PATIENCE)
    bell(person).click()
    person.page.get_by_role("link", name="All activity").click()
    expect(person.page).to_have_url(re.compile("/activity$"))


# --- the bell


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


# --- notifications


@pytest.fixture
def context(page: Page) -> BrowserContext:
    page.context.add_init_script(RECORDED)
    return page.context


def notes(*people: Person) -> list[list]:
    return [note for person in people for note in person.page.evaluate("window.notes")]


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
    person.page.wait_for_timeout(QUIET_MS)
    assert notes(person, other) == [["HuMo: a video is ready", {"tag": made.id}]]


def test_notification_when_a_tab_is_looked_at_then_is_none(context, person, other, end):
    context.grant_permissions(["notifications"])
    hears(person)
    hears(other)
    asks_to_be_told(person)
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
