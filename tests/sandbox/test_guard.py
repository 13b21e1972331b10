"""Pages of elsewhere, at the sandbox: no name, no origin and no frame of theirs gets an answer."""

from __future__ import annotations

import pytest
import requests
import websockets
from websockets.sync.client import connect

from tests.sandbox_server import API, KEY

FOREIGN = ("http://evil.test", "null", "http://localhost:1", "https://localhost")
SOCKET = "ws-api.runware.ai/v1"


def ask(sandbox, path: str, **headers: str) -> int:
    return requests.get(f"{sandbox.url}{path}", headers=headers, timeout=60).status_code


@pytest.mark.parametrize("path", ["/healthz", "/_sandbox/ledger", f"/{API}/v2/requests/x"])
def test_sandbox_when_asked_by_an_unknown_name_then_it_serves_nothing(sandbox, path):
    assert ask(sandbox, path, Host="evil.test") == 421
    assert ask(sandbox, path, Host="") == 421


@pytest.mark.parametrize("origin", FOREIGN)
def test_sandbox_when_a_foreign_page_submits_then_nothing_is_made(sandbox, origin):
    paid = len(requests.get(f"{sandbox.url}/_sandbox/ledger", timeout=60).json())
    refused = sandbox.submit({"prompt": "x"}, headers=KEY | {"Origin": origin})
    assert refused.status_code == 403
    assert len(requests.get(f"{sandbox.url}/_sandbox/ledger", timeout=60).json()) == paid


@pytest.mark.parametrize("origin", FOREIGN)
def test_sandbox_when_a_foreign_page_opens_its_socket_then_it_is_refused(sandbox, origin):
    with pytest.raises(websockets.InvalidStatus), connect(f"ws{sandbox.url[4:]}/{SOCKET}", origin=origin):
        pass


def test_sandbox_when_a_program_asks_then_it_answers(sandbox):
    assert ask(sandbox, "/healthz") == 200
    with connect(f"ws{sandbox.url[4:]}/{SOCKET}"):
        pass


def test_sandbox_when_its_own_page_asks_then_it_answers(sandbox):
    assert ask(sandbox, "/healthz", Origin=sandbox.url) == 200
