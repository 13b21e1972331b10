"""Live status in real browsers: pages are told and do not look; a lost socket or server costs nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.live.hearing import COUNT_RUNS, EVENTS, QUIET_MS, Told, bell, hears
from tests.e2e.person import PATIENCE, Person
from tests.e2e.watching import play, poll
from tests.sandbox_server import until

pytestmark = pytest.mark.browser

SLOW_SECONDS = 3600
"""Until the test ends it."""
ROUNDS = 12
PLACES = ("Gallery", "See every take, find the one to show"), ("HuMo", "Direct a person with voice and text")


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
    person.calm()
    # The run for the news before may still be to come: right after a press the page does not ask for one.
    assert any(runs_only_for_news(person, told) for _ in range(2)), "without news nothing runs"
    before, asked = told.changes, person.page.evaluate("window.runs")
    sandbox.hurry()
    person.sees_ready(1)
    play(person.player)
    poll(person.player, "(root) => root.querySelector('video').currentTime > 0.3")
    assert person.page.evaluate("window.runs") - asked <= 2 * (told.changes - before) + 1


def runs_only_for_news(person: Person, told: Told) -> bool:
    """Whether for a while no more runs than what was told gives reason for."""
    person.page.evaluate(COUNT_RUNS)
    before = told.changes
    person.page.wait_for_timeout(QUIET_MS)
    return bool(person.page.evaluate("window.runs") <= 2 * (told.changes - before))


def test_take_when_made_in_another_tab_then_shows_without_a_reload(person, other, newest):
    other.opens()
    before = newest()
    generates(person)
    until(lambda: newest() != before)
    expect(other.page.locator(f"[data-tile='{newest()}'] video")).to_be_visible(timeout=PATIENCE)


def test_socket_when_it_cannot_be_had_then_the_page_looks_by_itself_while_something_is_under_way(person):
    person.page.route_web_socket(EVENTS, lambda socket: socket.close())
    generates(person)
    expect(person.tiles.first.locator("video")).to_be_visible(timeout=PATIENCE)
    assert any(runs_in(person, 2 * QUIET_MS) == 0 for _ in range(4)), "with nothing under way it comes to rest"


def test_page_when_news_come_while_another_one_opens_then_the_other_one_is_shown(person):
    tell = talks_over(person.page)
    person.opens()
    for number in range(ROUNDS):
        name, heading = PLACES[number % len(PLACES)]
        person.calm()
        person.page.get_by_role("link", name=name, exact=True).first.click()
        for moment in range(5):
            tell(f"{number}-{moment}")
            person.page.wait_for_timeout(30)
        person.calm()
        expect(person.page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def talks_over(page: Page) -> Callable[[str], None]:
    """What the tab is told goes through here, and more can be added to it: new work under way at HuMo."""
    sockets: list[WebSocketRoute] = []

    def take(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    def tell(name: str) -> None:
        now = time.time()
        change = [name, "segmind/humo", "running", now]
        sockets[-1].send(json.dumps({"run": None, "at": now, "underWay": 1, "reset": False, "changes": [change]}))

    page.route_web_socket(EVENTS, take)
    return tell


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
    sandbox.hurry()
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
