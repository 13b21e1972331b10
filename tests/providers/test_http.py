"""The way out to a provider: what is sent how often, where the key goes, and what a silence means."""

from __future__ import annotations

import json
import logging
import socket
import ssl

import pytest
from pydantic import SecretStr
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.retry import Retry

from components.errors import NotConfigured, OutcomeUnknown, ProviderTrouble, Unreachable
from components.providers import http as module
from components.providers.http import Http
from tests.providers.gateway import RESET, SILENCE, Reply, start_gateway
from tests.sandbox_server import until
from tests.studio_server import free_port

HOST = "api.segmind.com"
KEY = "SG_0123456789abcdef"
URL = f"https://{HOST}/v2/bytedance-humo"


@pytest.fixture
def gateway():
    with start_gateway() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(Retry, "sleep", lambda *_: None)


def client(gateway, key=KEY, host=HOST):
    return Http("Segmind", hosts=frozenset({host}), headers={"x-api-key": SecretStr(key)}, gateway=gateway)


def test_url_when_there_is_a_gateway_then_host_path_and_query_go_below_it(gateway):
    client(gateway.url).get(f"https://{HOST}/v1/x?page=0&q=a%20b")
    assert [seen.path for seen in gateway.seen] == [f"/{HOST}/v1/x?page=0&q=a%20b"]


def test_post_when_sent_then_body_and_key_arrive_once(gateway):
    answer = client(gateway.url).post(URL, {"frames": 30})
    assert answer.status == 200
    [seen] = gateway.seen
    assert (seen.method, json.loads(seen.body), seen.headers["x-api-key"]) == ("POST", {"frames": 30}, KEY)
    assert seen.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [301, 302, 307, 308, 429, 500, 502, 503, 504])
def test_post_when_answered_badly_then_it_is_neither_repeated_nor_redirected(gateway, status):
    gateway.reply(Reply(status, headers={"Location": "/elsewhere", "Retry-After": "0"}))
    assert client(gateway.url).post(URL, {}).status == status
    assert len(gateway.seen) == 1


@pytest.mark.parametrize("reply", [RESET, SILENCE, Reply(body=b"{", length=9)], ids=["reset", "silence", "half"])
def test_post_when_cut_off_after_it_was_sent_then_the_outcome_is_unknown_and_it_left_once(gateway, reply):
    gateway.reply(reply)
    with pytest.raises(OutcomeUnknown, match="history at Segmind"):
        client(gateway.url).post(URL, {}, read=0.3)
    assert len(until(lambda: gateway.seen)) == 1  # on a busy machine it reads after we have given up


def test_post_when_the_connection_is_refused_then_nothing_was_sent():
    with pytest.raises(Unreachable, match="Nothing was sent"):
        client(f"http://127.0.0.1:{free_port()}").post(URL, {})


def test_post_when_the_name_is_not_found_then_nothing_was_sent(monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", _no_such_name)
    with pytest.raises(Unreachable):
        client(None).post(URL, {})


def test_post_when_the_handshake_fails_then_nothing_was_sent(gateway):
    with pytest.raises(Unreachable):
        client(gateway.url.replace("http://", "https://")).post(URL, {})
    assert gateway.seen == []


def test_post_when_the_secure_connection_breaks_after_it_was_sent_then_the_outcome_is_unknown(
    gateway, monkeypatch
):
    def connect(connection):
        HTTPConnection.connect(connection)
        connection.is_verified = True

    def broken(connection):
        HTTPConnection.getresponse(connection).read()
        raise ssl.SSLError("decryption failed or bad record mac")

    monkeypatch.setattr(HTTPSConnection, "connect", connect)
    monkeypatch.setattr(HTTPSConnection, "getresponse", broken)
    with pytest.raises(OutcomeUnknown):
        client(gateway.url.replace("http://", "https://")).post(URL, {})
    assert len(gateway.seen) == 1


def test_post_when_a_proxy_cannot_be_reached_then_nothing_was_sent(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unreachable):
        client(None).post(URL, {})


@pytest.mark.parametrize("bad", [Reply(502), Reply(503), Reply(504), RESET], ids=["502", "503", "504", "reset"])
def test_get_when_the_first_answer_is_bad_then_it_asks_again(gateway, bad):
    gateway.reply(bad, Reply(body=b'{"ok": 1}'))
    assert client(gateway.url).get(URL).json() == {"ok": 1}
    assert [seen.method for seen in gateway.seen] == ["GET", "GET"]


def test_get_when_all_answers_are_bad_then_the_last_one_is_the_answer(gateway):
    gateway.reply(Reply(503))
    assert client(gateway.url).get(URL).status == 503
    assert len(gateway.seen) == 4


def test_get_when_the_host_asks_for_a_day_then_the_pause_stays_short(gateway, monkeypatch):
    pauses = []
    monkeypatch.setattr(Retry, "sleep", lambda retry, answer: pauses.append(retry.get_retry_after(answer)))
    gateway.reply(Reply(503, headers={"Retry-After": "86400"}), Reply())
    client(gateway.url).get(URL)
    assert pauses == [module.LONGEST_PAUSE]


@pytest.mark.parametrize("location", ["/elsewhere", "https://[::1", "https://a:b/", "x:y"])
def test_get_when_redirected_then_it_does_not_follow(gateway, location):
    gateway.reply(Reply(302, headers={"Location": location}))
    assert client(gateway.url).get(URL).status == 302
    assert len(gateway.seen) == 1


@pytest.mark.parametrize("reply", [RESET, SILENCE], ids=["reset", "silence"])
def test_get_when_nobody_answers_then_asking_again_is_safe(gateway, reply):
    gateway.reply(reply)
    with pytest.raises(ProviderTrouble, match="did not answer"):
        client(gateway.url).get(URL, read=0.2)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/v2/x",
        f"http://{HOST}/v2/x",
        f"https://{HOST}:444/v2/x",
        f"https://{HOST}@evil.example/",
        f"https://user@{HOST}/",
        f"https://{HOST}.evil.example/",
        "/v2/x",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_key_when_the_host_is_not_the_providers_own_then_nothing_is_sent(gateway, method, url):
    http = client(gateway.url)
    with pytest.raises(ValueError, match="not spoken to") as refused:
        http.get(url) if method == "get" else http.post(url, {})
    assert KEY not in str(refused.value)
    assert gateway.seen == []


@pytest.mark.parametrize("reply", [Reply(), Reply(401), RESET], ids=["200", "401", "reset"])
def test_key_when_everything_is_logged_then_it_is_in_no_log_and_no_error(gateway, caplog, reply):
    caplog.set_level(logging.DEBUG)
    gateway.reply(reply)
    told = []
    for call in (lambda http: http.post(URL, {}), lambda http: http.get(f"{URL}?signature=s3cr3t")):
        try:
            call(client(gateway.url))
        except (OutcomeUnknown, ProviderTrouble) as error:
            told += [str(error), repr(error), repr(error.__cause__)]
    assert any(record.name.startswith("urllib3") for record in caplog.records)
    assert KEY not in caplog.text + "".join(told)
    assert all("s3cr3t" not in record.getMessage() for record in caplog.records if "components" in record.name)


@pytest.mark.parametrize("key", ["SG_ключ", "SG_1\nHost: x", "SG_…"])
def test_key_when_it_cannot_be_a_key_then_the_person_is_told_before_anything_is_sent(key):
    with pytest.raises(NotConfigured, match="API key") as refused:
        client(None, key)
    assert key not in str(refused.value)


def test_netrc_when_the_user_has_one_then_nothing_of_it_is_sent(gateway, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password hidden\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setattr(module, "through_gateway", lambda url, _: url.replace("https://", "http://"))
    host = gateway.url.removeprefix("http://")
    http = client(None, host=host)
    http.get(f"https://{host}/")
    http.post(f"https://{host}/", {})
    assert [seen.headers.get("Authorization") for seen in gateway.seen] == [None, None]


def _no_such_name(*_, **__):
    raise socket.gaierror(-2, "Name or service not known")


ECHOES = {
    "whole": ("SG_0123456789abcdef", "your key SG_0123456789abcdef is bad", "your key … is bad"),
    "of twenty letters": ("abcdefghijklmnopqrst", "?key=abcdefghijklmnopqrst&x", "?key=…&x"),
    "short, alone": ("k3y", "no such key: k3y.", "no such key: …."),
    "short, inside an id": ("k3y", "request ak3y0b", "request ak3y0b"),
}


@pytest.mark.parametrize(("key", "said", "kept"), ECHOES.values(), ids=ECHOES)
def test_answer_when_it_echoes_our_own_key_then_no_text_of_it_holds_the_key(gateway, key, said, kept):
    gateway.reply(Reply(400, json.dumps({"error": [said]}).encode(), {"X-Told": said}))
    http = Http(
        "Segmind",
        hosts=frozenset({HOST}),
        headers={"x-api-key": SecretStr(key)},
        gateway=gateway.url,
        key=(SecretStr(key),),
    )
    answer = http.get(URL)
    assert (answer.json(), answer.headers["x-told"]) == ({"error": [kept]}, kept)
    assert kept in answer.text()


def test_answer_when_it_carries_a_video_then_not_a_byte_of_it_changes(gateway):
    video = b"\0\0\0\x18ftypmp42" + KEY.encode() * 3
    gateway.reply(Reply(200, video, {"Content-Type": "video/mp4"}))
    assert client(gateway.url).get(URL).content == video
