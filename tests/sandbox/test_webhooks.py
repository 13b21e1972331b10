"""The sandbox's calls to receivers: on this machine only, again until they are heard, never in anybody's way."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace

import pytest
import requests

from components.sandbox import webhooks
from components.sandbox.bhuman.stock import OWN
from components.sandbox.files import Files
from components.sandbox.scene import Scene
from components.sandbox.tasks import Task
from components.sandbox.webhooks import PAUSES, Webhooks, allowed, is_loopback
from tests.receiver import start_receiver
from tests.sandbox.runware.client import KEY, MEDIA, ask, post, result
from tests.sandbox_server import until

STUDIO = "studio.bhuman.ai"


@pytest.fixture
def receiver():
    with start_receiver() as running:
        yield running


def json_of(call):
    return json.loads(call.body)


def test_runware_when_takes_end_then_each_is_told_once_and_the_file_is_put(sandbox, task, receiver):
    sandbox.rehearse(fail="Out of film")
    given = task(numberResults=2, webhookURL=receiver.at(), uploadEndpoint=receiver.at("/put/video.mp4"))
    assert "data" in post(sandbox, given).json()
    polled = result(sandbox, given["taskUUID"])
    calls = until(lambda: len(receiver.heard) >= 3 and receiver.heard)
    told = [json_of(call) for call in calls if call.method == "POST"]
    assert {"data": polled["data"]} in told
    assert {"errors": polled["errors"]} in told
    [put] = [call for call in calls if call.method == "PUT"]
    assert (put.path, put.headers["Content-Type"]) == ("/put/video.mp4", "video/mp4")
    assert put.body == requests.get(polled["data"][0]["videoURL"], timeout=60).content
    assert polled["data"][0]["videoURL"].startswith(sandbox.at(MEDIA, "video/"))
    assert len(calls) == 3


def test_runware_when_the_receiver_is_elsewhere_then_the_address_is_taken_and_kept(sandbox, task):
    given = task(webhookURL="https://example.com/hook", uploadEndpoint="https://example.com/put")
    assert "data" in post(sandbox, given).json()
    assert ask(sandbox, "getTaskDetails", given["taskUUID"]).json()["data"][0]["request"][0]["webhookURL"]


def test_runware_when_a_page_of_elsewhere_asks_then_nobody_is_called(sandbox, task, receiver):
    given = task(webhookURL=receiver.at())
    post(sandbox, given, headers=KEY | {"Origin": "https://example.com"})
    other = task(webhookURL=receiver.at("/other"))
    post(sandbox, other)
    until(lambda: receiver.heard)
    assert [call.path for call in receiver.heard] == ["/other"]


def test_bhuman_when_rows_end_then_each_is_told_in_the_callbacks_fields(sandbox, receiver):
    sandbox.rehearse(fail="No face")
    rows = {"video_instance_id": OWN[0]["id"], "variables": ["name"], "names": [["Ann"], ["Bob"]]}
    url = sandbox.at(STUDIO, "api/ai_studio/try_sample")
    numbers = requests.post(url, json=rows | {"callback_url": receiver.at()}, auth=("a", "b"), timeout=60).json()
    until(lambda: len(receiver.heard) == 2)
    good, bad = sorted((json_of(call) for call in receiver.heard), key=lambda told: told["row_index"])
    assert [good["id"], bad["id"]] == numbers["result"]
    assert (good["status"], bad["status"], bad["message"]) == ("succeeded", "failed", "No face")
    assert requests.get(good["url"], timeout=60).headers["content-type"] == "video/mp4"
    assert good["share_url"] == good["video_url"] == good["url"]
    assert [bad[name] for name in ("url", "share_url", "video_url", "thumbnail", "gif")] == [""] * 5


GOOD = """http://127.0.0.1:80/x http://127.8.9.1/ https://localhost/a?b=c http://[::1]:9/ http://LOCALHOST:1/
    http://u:p@127.0.0.1/"""
BAD = """http://example.com/ http://127.0.0.1.example.com/ http://localhost.example.com/ http://10.0.0.1/
    http://0.0.0.0/ http://169.254.169.254/ http://2130706433/ http://127.1/ http://0x7f.0.0.1/
    http://[::ffff:10.0.0.1]/ http://[::]/ http://127.0.0.1@example.com/ http://example.com#@127.0.0.1/
    ftp://127.0.0.1/ file:///etc/passwd //127.0.0.1/ http://127.0.0.1:0/ http://127.0.0.1:99999/
    http://127.0.0.1:x/ http://[::1/ http:// localhost a.localhost"""


@pytest.mark.parametrize("url", GOOD.split())
def test_address_when_it_is_this_machines_then_it_is_known_as_such(url):
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url", [*BAD.split(), "http://127.0.0.1/ HTTP/1.1", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/ü", ""]
)
def test_address_when_it_is_anything_else_then_it_is_not(url):
    assert not is_loopback(url)


@pytest.mark.parametrize(
    ("client", "is_allowed"), [("127.0.0.1", True), ("::1", True), ("192.168.0.7", False), (None, False)]
)
def test_caller_when_not_of_this_machine_then_it_may_have_nobody_called(client, is_allowed):
    caller = SimpleNamespace(client=client and SimpleNamespace(host=client))
    url = "http://127.0.0.1:9/hook"
    assert allowed(caller, url) == (url if is_allowed else "")
    assert allowed(caller, None) == allowed(caller, "https://example.com/") == ""


@pytest.fixture
def deliver(tmp_path, monkeypatch):
    """Tells an address of a finished task and waits for the end of it."""
    monkeypatch.setattr(webhooks, "PAUSES", (0.0, 0.0, 0.0))

    def deliver(url, **more):
        scene = Scene(prompt="x", width=64, height=64, frames=1, fps=25, detail=1.0)
        task = Task(
            id="a", provider="p", slug="s", api="v1", asked={}, scene=scene, created=0.0, webhook=url, **more
        )

        async def run():
            calls = Webhooks(Files(tmp_path))
            calls.messages["p"] = lambda _: {"ok": True}
            calls.notify(task)
            while calls._calls:
                await asyncio.wait(calls._calls)

        asyncio.run(run())

    return deliver


@pytest.fixture
def impatient(monkeypatch):
    """For those who never answer: one that does may be slow."""
    monkeypatch.setattr(webhooks, "PATIENCE", 0.2)


def test_receiver_when_it_fails_first_then_it_is_told_again_until_it_hears(deliver, receiver):
    receiver.answers = [(500, {}), (404, {})]
    deliver(receiver.at())
    assert [call.body for call in receiver.heard] == [b'{"ok": true}'] * 3
    assert receiver.heard[0].path == "/hook?token=a"


def test_receiver_when_it_never_hears_then_it_is_left_alone_after_three_tries(deliver, receiver):
    receiver.answers = [(503, {})] * 9
    deliver(receiver.at())
    assert len(receiver.heard) == 3


def test_receiver_when_it_redirects_then_nobody_follows(deliver, receiver):
    receiver.answers = [(307, {"Location": receiver.at("/secret")})] * 3
    deliver(receiver.at())
    assert {call.path for call in receiver.heard} == {"/hook?token=a"}


def test_file_when_it_is_gone_then_nothing_is_sent(deliver, receiver):
    deliver("", upload=receiver.at(), state="COMPLETED")
    assert not receiver.heard


@contextmanager
def odd_server(answer):
    """A server that takes three connections and does something that is not HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as held:
        listener.settimeout(60)

        def serve():
            for _ in PAUSES:
                answer(held.enter_context(listener.accept()[0]))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(60)


ODD = {
    "silence": lambda one: None,
    "garbage": lambda one: one.sendall(b"\x00\xff" * 50 + b"\n"),
    "endless": lambda one: one.sendall(b"x" * 200_000),
    "end": lambda one: one.close(),
    "words": lambda one: one.sendall(b"HTTP/1.1 two hundred\r\n\r\n"),
}


@pytest.mark.parametrize("how", ODD)
def test_receiver_when_it_is_slow_or_speaks_no_http_then_it_ends_soon(deliver, impatient, how):
    with odd_server(ODD[how]) as port:
        deliver(f"http://127.0.0.1:{port}/")


def test_receiver_when_down_or_without_a_certificate_then_it_ends_soon(deliver, impatient, receiver):
    deliver("http://127.0.0.1:9/")
    deliver(f"https://127.0.0.1:{receiver.port}/")
    assert not receiver.heard


def test_receiver_when_its_name_leads_elsewhere_then_nothing_is_sent(deliver, monkeypatch):
    sent = []
    writer = SimpleNamespace(
        get_extra_info=lambda _: ("93.184.216.34", 80),
        transport=SimpleNamespace(abort=lambda: None),
        write=sent.append,
    )

    async def connect(*_, **__):
        return None, writer

    monkeypatch.setattr(asyncio, "open_connection", connect)
    deliver("http://localhost/")
    assert sent == []
