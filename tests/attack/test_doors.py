"""Others at the door, without a browser: every kind of path, with names, origins and headers that are not ours."""

from __future__ import annotations

import http.client

import pytest
import websockets
from websockets.sync.client import connect

from tests.attack.conftest import FRONT

PATHS = (
    "/",
    "/humo",
    "/healthz",
    "/files/x/y.mp4",
    "/scripts/x/player/player.js",
    "/api/events",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/stream",
    "/media/x.mp4",
    "/component/x/index.html",
    "/static/favicon.png",
)
STRICT = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
}


def ask(server, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize("path", PATHS)
def test_any_path_when_asked_for_by_an_unknown_host_then_nothing_is_served(server, path):
    assert ask(server, path, Host="evil.test").status == 421
    assert ask(server, path, Host=f"evil.test:{server.port}").status == 421
    assert ask(server, path, X_Forwarded_Host="evil.test").status == 421


@pytest.mark.parametrize("path", PATHS)
def test_any_answer_when_it_is_given_then_it_may_not_be_framed_or_guessed_at(server, path):
    answer = ask(server, path)
    assert {name: answer.getheader(name) for name in STRICT} == STRICT
    assert "frame-ancestors 'none'" in answer.getheader("content-security-policy") or path.startswith("/files")
    assert answer.getheader("referrer-policy") in ("same-origin", "no-referrer")


def test_policy_when_a_page_is_served_then_it_allows_what_the_pages_need_and_no_more(server):
    said = ask(server, "/").getheader("content-security-policy")
    given = dict(line.split(" ", 1) for line in said.split("; "))
    scripts = {word for word in given.pop("script-src").split() if not word.startswith("'sha256-")}
    assert scripts == {"'self'", "'wasm-unsafe-eval'", "blob:"}
    assert given == {
        **dict.fromkeys(("default-src", "base-uri", "form-action", "frame-ancestors"), "'none'"),
        **dict.fromkeys(("media-src", "connect-src"), "'self'"),
        **dict.fromkeys(("img-src", "font-src"), "'self' data:"),
        "style-src": "'self' 'unsafe-inline'",
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://localhost:1", "https://localhost"])
def test_change_when_another_origin_asks_for_it_then_it_is_refused(server, method, origin):
    assert ask(server, "/_stcore/upload_file/session/file", method, Origin=origin).status == 403


def test_change_when_it_names_another_origin_beside_ours_then_it_is_refused(server):
    ours = f"http://localhost:{server.port}"
    assert ask(server, "/_stcore/upload_file/a/b", "POST", Origin=ours, origin="http://evil.test").status == 403


@pytest.mark.parametrize("path", ["/_stcore/stream", "/api/events"])
@pytest.mark.parametrize("origin", [None, "null", "http://evil.test", "http://localhost:1", "https://localhost"])
def test_socket_when_it_is_not_opened_by_our_page_then_it_is_refused_and_nothing_calls_home(
    server, swallower, path, origin
):
    with (
        pytest.raises(websockets.InvalidStatus) as refused,
        connect(
            f"ws://localhost:{server.port}{path}",
            origin=origin,
            proxy=None,
            subprotocols=["streamlit"],
            open_timeout=60,
        ),
    ):
        pass
    assert refused.value.response.status_code == 403
    assert swallower.taken == []


@pytest.mark.parametrize("origin", ["http://localhost:{}", f"https://{FRONT}"], ids=["here", "behind a proxy"])
def test_socket_when_our_page_opens_it_then_it_opens_and_nothing_calls_home(server, swallower, origin):
    origin = origin.format(server.port)
    with connect(f"ws://localhost:{server.port}/_stcore/stream", origin=origin, proxy=None, open_timeout=60):
        pass
    assert swallower.taken == []


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact"])
def test_route_of_streamlits_when_nobody_needs_it_then_it_is_closed(server, path):
    assert ask(server, path).status == 404


def test_embedding_when_a_page_asks_who_may_then_nobody_may(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/_stcore/host-config")
    assert b'"allowedOrigins":[]' in connection.getresponse().read()
    connection.close()


NOWHERE = ("/api", "/api/none", "/api/v1/none", "/files", "/files/none", "/webhooks", "/webhooks/runware/x")


@pytest.mark.parametrize("path", [*NOWHERE, "/metrics/x", "/readyz/x", "/healthz/x"])
def test_address_of_programs_when_it_does_not_exist_then_it_is_not_answered_with_the_page(server, path):
    assert ask(server, path).status == 404
