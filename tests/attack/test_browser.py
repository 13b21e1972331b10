"""Pages of elsewhere, in a real Chromium: by a name that points here, from another port, around the studio."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser import launch
from tests.e2e.test_accessibility import PAGES
from tests.studio_server import StudioServer

pytestmark = pytest.mark.browser

SOCKET = """(url) => new Promise((done) => {
  const socket = new WebSocket(url, ["streamlit"]);
  socket.onopen = () => done("open");
  socket.onerror = () => done("refused");
})"""
PAGE = b"<!doctype html><title>elsewhere</title><iframe id=studio width=900 height=700></iframe>"


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """A page on another port of this machine."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """One in which every foreign name points to this machine, as in a rebinding."""
    running = launch(playwright, chromium, "--host-resolver-rules=MAP *.test 127.0.0.1")
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_studio_when_a_rebound_name_leads_to_it_then_it_is_not_served(server: StudioServer, page: Page):
    answer = page.goto(f"http://evil.test:{server.port}/humo")
    assert answer.status == 421
    expect(page.locator("body")).to_contain_text("Unknown host")
    assert page.evaluate(SOCKET, f"ws://evil.test:{server.port}/_stcore/stream") == "refused"


@pytest.mark.parametrize("path", ["_stcore/stream", "api/events"])
def test_socket_when_a_page_of_another_port_opens_it_then_it_is_refused(server, elsewhere, page, path):
    page.goto(elsewhere)
    assert page.evaluate(SOCKET, f"ws://localhost:{server.port}/{path}") == "refused"
    assert page.evaluate(SOCKET, f"ws://127.0.0.1:{server.port}/{path}") == "refused"


def test_upload_when_a_page_of_another_port_sends_it_then_nothing_takes_it(server, elsewhere, page):
    page.goto(elsewhere)
    send = "(url) => fetch(url, {method: 'POST', mode: 'no-cors', body: 'x'}).then((a) => a.type, () => 'refused')"
    with page.expect_response("**/_stcore/upload_file/**") as answered:
        page.evaluate(send, f"http://localhost:{server.port}/_stcore/upload_file/a/b")
    assert answered.value.status == 403


def test_studio_when_another_page_frames_it_then_the_frame_stays_empty(server, elsewhere, page):
    page.goto(elsewhere)
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.evaluate("(url) => { document.querySelector('#studio').src = url; }", f"{server.url}/humo")
    framed = page.frames[-1]
    framed.wait_for_load_state()
    assert framed.locator("#root").count() == 0


@pytest.mark.parametrize("path", PAGES.values())
def test_page_when_it_is_drawn_then_the_policy_forbids_nothing_that_it_needs(server, page, path):
    violations: list[str] = []
    page.on(
        "console", lambda said: violations.append(said.text) if "Content Security Policy" in said.text else None
    )
    page.goto(f"{server.url}/{path}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    assert violations == []
