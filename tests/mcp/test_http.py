"""The real server over HTTP: each caller has their own token, and no page of elsewhere has a word with it."""

from __future__ import annotations

import base64
import time
import uuid

import pytest
import requests

from tests.conftest import KEY
from tests.mcp.assistants import http_server, over_http
from tests.mcp.conftest import TALK
from tests.ui.rows import add_generation

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
OTHERS = "st_nobody-may-use-the-servers-own"


@pytest.fixture(scope="module")
def at(server, port, tmp_path_factory):
    """A server that has a token in its environment, which is nobody's; its log holds no key in the end."""
    log = tmp_path_factory.mktemp("mcp") / "mcp.log"
    url = f"http://127.0.0.1:{port}"
    with http_server(url, log, STUDIO_TOKEN=OTHERS, STUDIO_ALLOWED_HOSTS="studio.test") as address:
        yield address
    assert KEY not in log.read_text()
    assert "Traceback" not in log.read_text()


@pytest.fixture
def come(at):
    """Lets an assistant come with a token."""
    return lambda token, **how: over_http(at, token, **how)


def content(path):
    return {"content": base64.b64encode(path.read_bytes()).decode(), "name": path.name}


def test_member_when_they_give_content_then_a_video_is_made_for_them(come, server, voice_wav, wide_jpg, ledger):
    token = server.tokens.make("an assistant").words
    with come(token) as helper:
        assert "path" not in helper.tools()["add_file"].input_schema["properties"]
        face, voice = (helper.call("add_file", **content(path))["id"] for path in (wide_jpg, voice_wav))
        wanted = {"model": TALK, "parameters": {"prompt": "x", "image": face, "audio": voice}}
        assert helper.call("plan", **wanted)["hindrance"] is None
        agreed = {"most_dollars": 2, "request_id": str(uuid.uuid4())}
        ids = {helper.call("generate", **wanted, **agreed)["generation_id"] for _ in range(2)}
        assert helper.call("wait", generation_id=min(ids), seconds=45)["state"] == "done"
    assert len(ids) == len(ledger.paid()) == 1
    assert server.generations.get(min(ids)).state == "done"
    assert not any(secret in "".join(helper.heard) for secret in (token, KEY, OTHERS))


@pytest.mark.parametrize("protocol", ["auto", "legacy"])
def test_viewer_when_they_generate_or_add_then_refused_in_the_studios_words(come, server, wide_jpg, protocol):
    with come(server.tokens.make("looks on", role="viewer").words, mode=protocol) as helper:
        assert helper.call("list_models")["models"]
        refusal = "You look on in this studio: you cannot make or change anything. Ask an admin."
        assert helper.refused("add_file", **content(wide_jpg)) == refusal
        wanted = {"model": TALK, "parameters": {}, "most_dollars": 1, "request_id": str(uuid.uuid4())}
        assert helper.refused("generate", **wanted) == refusal


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "each caller's own token"),
        ("st_wrong", "This token is not good."),
        ("st_w rong", "This token is not good."),
    ],
)
def test_stranger_when_they_call_then_a_sentence_that_does_not_say_the_token(come, token, words):
    with come(token) as helper:
        said = helper.refused("list_models")
    assert words in said
    assert "settings page" in said
    assert not token or token not in said


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "studio.test"}, 200),
        ({"Host": "evil.test"}, 421),
        ({"Host": "localhost:1"}, 421),
        ({"Origin": "http://evil.test"}, 403),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_request_when_host_or_origin_is_another_then_refused(at, headers, status):
    assert requests.post(at, json=LIST, headers=ACCEPT | headers, timeout=60).status_code == status


def test_wait_when_it_does_not_end_in_time_then_how_it_stands_and_that_it_goes_on(come, server):
    running = add_generation(server._engine.database, "running")
    with come(server.tokens.make("waits").words) as helper:
        began = time.monotonic()
        told = helper.call("wait", generation_id=running.id, seconds=1.5)
        assert time.monotonic() - began > 1.4
    assert (told["state"], told["ended"], told["videos"]) == ("running", False, [])
    assert told["sentence"] == "The provider is making it. Call wait again."
    server.generations._rows.move(running.id, "running", "failed")
