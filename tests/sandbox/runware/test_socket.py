"""The sandbox's Runware over a WebSocket, with an ordinary client; the rules are those of HTTP."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import ExitStack, suppress

import pytest
import requests
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from components.sandbox.runware import socket as runware_socket
from components.sandbox.runware.socket import MOST_SOCKETS, Conversation
from tests.sandbox.conftest import Clip, data_uri
from tests.sandbox.runware.client import MEDIA, new, post
from tests.sandbox_server import until

HOST = "ws-api.runware.ai"
LIMITS = {"max_size": None, "open_timeout": 60, "proxy": None}


class Talk:
    """A connection that speaks JSON."""

    def __init__(self, socket) -> None:
        self.socket = socket

    def say(self, *tasks):
        self.socket.send(json.dumps(list(tasks)))

    def hear(self):
        return json.loads(self.socket.recv(timeout=60))

    def ask(self, kind, **more):
        self.say({"taskType": kind, "taskUUID": new()} | more)
        return self.hear()

    def sign_in(self, key="rw_test", **more):
        self.say({"taskType": "authentication", "apiKey": key} | more)
        return self.hear()


def address(sandbox):
    return sandbox.at(HOST, "v1").replace("http://", "ws://")


@pytest.fixture
def stranger(sandbox):
    with connect(address(sandbox), **LIMITS) as socket:
        yield Talk(socket)


@pytest.fixture
def talk(stranger):
    stranger.sign_in()
    return stranger


def test_sign_in_when_the_key_is_good_then_the_session_has_a_number_that_can_come_back(stranger):
    [first] = stranger.sign_in()["data"]
    assert first["taskType"] == "authentication"
    again = stranger.sign_in(connectionSessionUUID=first["connectionSessionUUID"])
    assert again["data"] == [first]


@pytest.mark.parametrize(
    ("key", "code"), [("invalid", "invalidApiKey"), ("", "missingApiKey"), (7, "missingApiKey")]
)
def test_sign_in_when_the_key_is_bad_then_the_error_names_it_and_nothing_is_done(
    sandbox, stranger, task, key, code
):
    paid = sandbox.ledger()["paid"]
    [error] = stranger.sign_in(key)["errors"]
    assert (error["code"], error["taskType"]) == (code, "authentication")
    given = task()
    stranger.say(given)
    [error] = stranger.hear()["errors"]
    assert (error["code"], error["taskUUID"]) == ("missingApiKey", given["taskUUID"])
    assert sandbox.ledger()["paid"] == paid


def test_sign_in_when_a_bad_key_follows_then_the_connection_is_a_strangers_again(talk):
    talk.sign_in("invalid")
    assert talk.ask("accountManagement", operation="getDetails")["errors"][0]["code"] == "missingApiKey"


def test_video_when_asked_for_from_end_to_end_then_it_can_be_fetched(sandbox, talk, portrait, voice):
    image = talk.ask("imageUpload", image=data_uri(portrait, "image/png"))["data"][0]
    assert requests.get(image["imageURL"], timeout=60).content == portrait
    sound = talk.ask("mediaStorage", operation="upload", media=data_uri(voice, "audio/wav"))["data"][0]
    inputs = {"referenceImages": [image["imageUUID"]], "audio": sound["mediaUUID"]}
    number = new()
    more = {"model": "bytedance:5@1", "deliveryMethod": "async", "inputs": inputs}
    assert talk.ask("videoInference", **more, taskUUID=number)["data"] == [
        {"taskType": "videoInference", "taskUUID": number}
    ]

    def done():
        [item] = talk.ask("getResponse", taskUUID=number)["data"]
        return item if item["status"] == "success" else None

    url = until(done)["videoURL"]
    assert url.startswith(sandbox.at(MEDIA, "video/"))
    assert Clip(io.BytesIO(requests.get(url, timeout=60).content)).has_sound


def test_task_when_wrong_then_the_answer_is_that_of_http(sandbox, talk, task):
    given = task(outputQuality=7)
    talk.say(given)
    assert talk.hear() == post(sandbox, given).json()


def test_message_when_it_has_several_tasks_then_each_is_answered_by_itself(talk):
    account = {"taskType": "accountManagement", "operation": "getDetails"}
    numbers = {new(), new()}
    talk.say(*(account | {"taskUUID": number} for number in numbers))
    assert {talk.hear()["data"][0]["taskUUID"] for _ in numbers} == numbers


@pytest.mark.parametrize("message", ["", "no", "{}", "[]", "[" * 100_000, b"\xff\xfe", b"\x00"])
def test_message_when_it_is_no_array_of_tasks_then_it_is_an_error_and_the_talk_goes_on(talk, message):
    talk.socket.send(message)
    assert talk.hear()["errors"][0]["code"] in ("invalidJSON", "invalidRequest")
    assert "data" in talk.sign_in()


def test_message_when_a_task_is_none_then_it_is_an_error(talk):
    talk.say(7, None, {"taskType": ["ping"]})
    assert [talk.hear()["errors"][0]["code"] for _ in range(3)] == ["invalidTaskType"] * 3


def test_message_when_too_large_then_the_connection_ends(talk):
    with suppress(ConnectionClosed):
        talk.socket.send("x" * (33 * 1024**2))
    with pytest.raises(ConnectionClosed) as ended:
        talk.hear()
    assert ended.value.rcvd.code == 1009


def test_ping_when_an_answer_is_held_then_pong_comes_before_it(sandbox, talk, task):
    sandbox.rehearse(hold_seconds=30)
    talk.say(task())
    talk.say({"taskType": "ping", "ping": True})
    assert talk.hear() == {"data": [{"taskType": "ping", "pong": True}]}


def test_hold_when_the_caller_leaves_then_it_is_paid_all_the_same(sandbox, talk, task):
    given = task()
    sandbox.rehearse(hold_seconds=30)
    talk.say(given)
    talk.socket.close()
    until(lambda: given["taskUUID"] in {line["request_id"] for line in sandbox.ledger()["paid"]})


@pytest.mark.parametrize(
    "origin", ["https://example.com", "null", "http://127.0.0.1.example.com", "http://localhost:3000"]
)
def test_page_when_it_is_of_elsewhere_then_it_is_not_let_in(sandbox, origin):
    with pytest.raises(InvalidStatus), connect(address(sandbox), origin=origin, **LIMITS):
        pass


def test_page_when_it_is_the_sandboxs_own_then_it_is_let_in(sandbox):
    with connect(address(sandbox), origin=sandbox.url, **LIMITS) as socket:
        assert "data" in Talk(socket).sign_in()


def test_connections_when_there_are_too_many_then_the_next_is_refused_until_one_leaves(sandbox):
    with ExitStack() as crowd, suppress(InvalidStatus):
        for _ in range(MOST_SOCKETS):  # fewer where an answer is still held from before
            crowd.enter_context(connect(address(sandbox), **LIMITS))
        assert not admitted(sandbox)
    assert until(lambda: admitted(sandbox))


def admitted(sandbox):
    try:
        with connect(address(sandbox), **LIMITS):
            return True
    except InvalidStatus:
        return False


class Silence:
    """A socket over which nothing ever comes."""

    closed = None

    async def receive(self):
        await asyncio.Event().wait()

    async def close(self, code):
        self.closed = code


def test_connection_when_nothing_is_said_for_long_then_it_is_closed(monkeypatch):
    monkeypatch.setattr(runware_socket, "IDLE_SECONDS", 0.01)
    socket = Silence()
    asyncio.run(Conversation(socket, None).hold())
    assert socket.closed == runware_socket.GOING_AWAY
