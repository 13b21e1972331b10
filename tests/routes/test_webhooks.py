"""Calls of providers: who knows the secret has the studio look, and nothing that anybody sends is believed."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable

import pytest
import requests

from components.engine import collect, context
from components.sandbox.bhuman.stock import OWN
from components.settings import Settings
from components.studio import open_studio
from tests.engine.meddler import start_meddler
from tests.sandbox_server import until

TABLE = {"video_instance_id": OWN[0]["id"], "variables": ["name"], "names": [["Don"]]}
NEVER = 600.0
"""Seconds between two questions that nobody called for, at least: more than any test takes."""


@pytest.fixture(scope="module")
def meddler(session_sandbox):
    with start_meddler(session_sandbox.url) as running:
        yield running


@pytest.fixture(scope="module")
def studio(meddler, port, tmp_path_factory):
    """Behind the routes' server, which is its public address; BHuman is the sandbox."""
    key = {"bhuman_api_key_id": "id", "bhuman_api_key_secret": "secret"}
    at = {"gateway": meddler.url, "sandbox": "never", "public_url": f"http://127.0.0.1:{port}"}
    settings = Settings(data_dir=tmp_path_factory.mktemp("webhooks") / "data", poll_seconds=NEVER)
    with open_studio(settings.model_copy(update=at | key)) as running:
        yield running


@pytest.fixture
def job(studio, meddler, sandbox):
    """Under way."""
    sandbox.rehearse(slow_seconds=NEVER)
    made = studio.submit("bhuman/personalized-video", TABLE)
    return until(lambda: (now := studio.generations.get(made.id)).operation and now)


@pytest.fixture
def checks(job, meddler):
    """How often the studio has asked after it: once before any call. An earlier test's is not counted."""

    def checks() -> int:
        return meddler.seen(f"generated_video_by_id.id={job.operation['ids'][0]}")

    until(lambda: checks() == 1)
    return checks


@pytest.fixture
def address(job):
    return context.current().connections.webhook("bhuman", job.id, sandbox=False)


@pytest.fixture
def checks_after(checks, address):
    """How many questions a call leads to, together with one good call after it."""

    def checks_after(call) -> int:
        call()
        before = checks()
        assert requests.post(address, timeout=60).status_code == 204
        until(lambda: checks() > before)
        return checks() - 1

    return checks_after


def begun(address: str, header: str, value: str) -> http.client.HTTPConnection:
    """A call whose head has been sent, and nothing of its body."""
    host, path = address.removeprefix("http://").split("/", 1)
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.putrequest("POST", f"/{path}")
    connection.putheader(header, value)
    connection.endheaders()
    return connection


def test_call_when_it_comes_then_the_studio_asks_at_once(checks, address):
    answer = requests.post(address, json={"status": "succeeded"}, timeout=60)
    assert (answer.status_code, answer.content) == (204, b"")
    until(lambda: checks() == 2, NEVER / 10)


@pytest.mark.parametrize("lie", ["succeeded", "failed"])
def test_call_when_it_lies_then_nothing_but_a_question_comes_of_it(studio, job, address, checks, lie):
    lies = {"id": "a", "status": lie, "url": "https://evil.example/a.mp4", "message": "no"}
    requests.post(address, json=lies, timeout=60)
    until(lambda: checks() == 2)
    # Only one question at a time: at the next one what came of the first is written.
    assert requests.post(address, timeout=60).status_code == 204
    until(lambda: checks() == 3)
    after = studio.generations.get(job.id)
    assert (after.state, after.error, after.outputs) == ("running", None, ())


def test_call_when_replayed_then_questions_stay_a_second_apart(address, checks_after):
    def replay() -> None:
        for _ in range(50):
            assert requests.post(address, timeout=60).status_code == 204

    began = time.monotonic()
    assert checks_after(replay) <= 3 + (time.monotonic() - began) / collect.CALLS_APART


def test_call_when_the_generation_has_ended_then_it_stays_so(studio, job, address):
    studio.ways_out.stop_asking(job.id)
    before = studio.generations.get(job.id)
    assert requests.post(address, timeout=60).status_code == 204
    assert studio.generations.get(job.id) == before


def signed(path: str, change: Callable[[str], str]) -> str:
    """The path with another signature."""
    named, signature = path.rsplit(".", 1)
    return f"{named}.{change(signature)}"


FORGERIES: dict[str, Callable[[str], str]] = {
    "other letters": lambda right: signed(right, str.swapcase),
    "one letter more": lambda right: signed(right, lambda one: f"A{one}"),
    "unsigned": lambda right: right.rsplit(".", 1)[0],
    "no text": lambda right: right.rsplit("/", 1)[0] + "/%ff%00",
    "another provider's": lambda right: right.replace("/bhuman/", "/runware/"),
    "nobody's": lambda right: right.replace("/bhuman/", "/nobody/"),
    "another generation's": lambda right: f"/webhooks/bhuman/{'0' * 32}.{right.rsplit('.', 1)[1]}",
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_call_when_forged_then_404_and_nobody_asks(address, checks_after, port, forge):
    path = "/" + address.split("/", 3)[3]

    def call() -> None:
        assert requests.post(f"http://127.0.0.1:{port}{forge(path)}", timeout=60).status_code == 404

    assert checks_after(call) == 1


@pytest.mark.parametrize(("method", "status"), [("GET", 404), ("HEAD", 404), ("PUT", 405), ("DELETE", 405)])
def test_address_when_not_posted_to_then_nobody_asks(address, checks_after, method, status):
    def call() -> None:
        assert requests.request(method, address, timeout=60).status_code == status

    assert checks_after(call) == 1


def test_body_when_too_long_then_413_and_nobody_asks(address, checks_after):
    def call() -> None:
        assert requests.post(address, data=b"x" * 70_000, timeout=60).status_code == 413

    assert checks_after(call) == 1


def test_body_when_it_never_ends_then_413_before_it_does(address, checks_after):
    """In pieces and without a length: the server answers although more could come."""

    def call() -> None:
        connection = begun(address, "Transfer-Encoding", "chunked")
        for _ in range(9):
            connection.send(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")
        assert connection.getresponse().status == 413
        connection.close()

    assert checks_after(call) == 1


def test_call_when_the_body_is_cut_off_then_nobody_asks(address, checks_after):
    def call() -> None:
        connection = begun(address, "Content-Length", "100")
        connection.send(b"{")
        connection.close()

    assert checks_after(call) == 1


def test_call_when_its_body_does_not_come_then_it_is_not_waited_for(address, checks_after, monkeypatch):
    monkeypatch.setattr("components.routes.webhooks.PATIENCE", 0.1)
    connection = begun(address, "Content-Length", "100")
    assert connection.getresponse().status == 503
    connection.close()
    monkeypatch.undo()
    assert checks_after(lambda: None) == 1


def test_call_when_no_studio_is_open_then_it_is_to_come_again(port, monkeypatch):
    monkeypatch.setattr("components.studio.studio._open", [])
    assert requests.post(f"http://127.0.0.1:{port}/webhooks/bhuman/a", timeout=60).status_code == 503


def test_address_when_the_request_has_left_then_it_is_in_no_row_and_in_no_shown_program(studio, job, address):
    signature = address.rsplit(".", 1)[1]
    stored = b"".join(path.read_bytes() for path in studio.settings.data_dir.glob("studio.db*"))
    assert b"expected" in stored
    assert signature.encode() not in stored
    shown = studio.generations.programs(job)
    assert "callback_url" not in shown.python + shown.curl
