"""Addresses from outside: which are fetched, which are refused, and what is never sent to them."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from urllib3.util.retry import Retry

from components.errors import ProviderTrouble, UnsafeAddress
from components.fetch import open_url, through_gateway
from tests.providers.gateway import RESET, Reply, start_gateway

PUBLIC = "https://images.segmind.com/outputs/a.mp4"


@pytest.fixture
def gateway():
    with start_gateway() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(Retry, "sleep", lambda *_: None)


@pytest.fixture
def inside(monkeypatch):
    """A server of the private network, to which every name leads."""
    monkeypatch.setattr("components.fetch.TIMEOUT", (5, 0.5))  # it never answers, should somebody ask
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        there = (socket.AF_INET, socket.SOCK_STREAM, 6, "", listener.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [there])
        yield listener


def fetch(url, gateway=None):
    with open_url(url, gateway=gateway) as chunks:
        return b"".join(chunks)


@pytest.mark.parametrize("path", ["/images.segmind.com/a.mp4", "/x?signature=1"])
def test_fetch_when_the_address_is_the_gateways_own_then_it_is_fetched_as_it_is(gateway, path):
    gateway.reply(Reply(body=b"video"))
    assert fetch(gateway.url + path, gateway.url) == b"video"
    assert gateway.seen[0].path == path


def test_fetch_when_the_address_is_public_then_it_goes_through_the_gateway(gateway):
    gateway.reply(Reply(body=b"video"))
    assert fetch(f"{PUBLIC}?Expires=1", gateway.url) == b"video"
    assert gateway.seen[0].path == "/images.segmind.com/outputs/a.mp4?Expires=1"


def test_address_when_there_is_no_gateway_then_it_stays():
    assert through_gateway(PUBLIC, None) == PUBLIC


REFUSED = [
    "http://images.segmind.com/a.mp4",
    "file:///etc/passwd",
    "ftp://images.segmind.com/a.mp4",
    "data:video/mp4;base64,AAAA",
    "//images.segmind.com/a.mp4",
    "a.mp4",
    "",
    "https://",
    "https://[::1",
    "https://images.segmind.com:port/a.mp4",
    "https://user@images.segmind.com/a.mp4",
    "https://user:word@images.segmind.com/a.mp4",
    "https://localhost/a.mp4",
    "https://LOCALHOST./a.mp4",
    "https://studio.localhost/a.mp4",
    "https://metadata.google.internal/a.mp4",
    "https://printer.local/a.mp4",
    "https://127.0.0.1/a.mp4",
    "https://10.1.2.3/a.mp4",
    "https://172.16.0.1/a.mp4",
    "https://192.168.1.1:8443/a.mp4",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/a.mp4",
    "https://0.0.0.0/a.mp4",
    "https://[::1]/a.mp4",
    "https://[::ffff:127.0.0.1]/a.mp4",
    "https://[fe80::1]/a.mp4",
    "https://[fd00::1]/a.mp4",
    "https://2130706433/a.mp4",
    "https://0x7f.0.0.1/a.mp4",
    "https://0177.0.0.1/a.mp4",
    "https://127.1/a.mp4",
    "https://[::127.0.0.1]/a.mp4",
    "https://[::8.8.8.8]/a.mp4",
    "https://[64:ff9b::7f00:1]/a.mp4",
    "https://[64:ff9b::808:808]/a.mp4",
    "https://[64:ff9b:1::7f00:1]/a.mp4",
    "https://[2002:7f00:1::]/a.mp4",
    "https://[2002:808:808::]/a.mp4",
    "https://[2001:0:808:808::1]/a.mp4",
    "https://224.0.0.1/a.mp4",
    "https://[ff02::1]/a.mp4",
    "https://a..b/x",
    f"https://{'a' * 64}.example.com/x",
]


@pytest.mark.parametrize("behind", [True, False], ids=["gateway", "direct"])
@pytest.mark.parametrize("url", REFUSED)
def test_fetch_when_the_address_is_not_https_on_a_public_one_then_nothing_is_asked(gateway, inside, url, behind):
    with pytest.raises(UnsafeAddress, match="not fetched"):
        fetch(url, gateway.url if behind else None)
    assert gateway.seen == []
    inside.setblocking(False)
    with pytest.raises(BlockingIOError):
        inside.accept()


def test_fetch_when_the_origin_only_looks_like_the_gateways_then_it_is_refused(gateway):
    host, _, port = gateway.url.rpartition(":")
    for other in (f"{host}:{int(port) ^ 1}/", f"http://localhost:{port}/", f"https://127.0.0.1:{port}/"):
        with pytest.raises(UnsafeAddress):
            fetch(other, gateway.url)
    assert gateway.seen == []


def test_fetch_when_a_name_leads_to_a_private_address_then_not_one_byte_is_sent(inside):
    with pytest.raises(UnsafeAddress, match="private network"):
        fetch("https://videos.example.com/a.mp4")
    connection, _ = inside.accept()
    with connection:
        connection.settimeout(60)
        assert connection.recv(1) == b""


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:9/",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "https://10.0.0.1/a.mp4",
        "https://localhost/",
        "http://images.segmind.com/a.mp4",
        "https://[::1",
        "https://x:y/",
    ],
)
def test_redirect_when_it_leads_to_an_unsafe_address_then_it_is_not_followed(gateway, location):
    gateway.reply(Reply(302, headers={"Location": location}))
    with pytest.raises(UnsafeAddress):
        fetch(PUBLIC, gateway.url)
    assert len(gateway.seen) == 1


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("https://cdn.example.com/b.mp4", "/cdn.example.com/b.mp4"),
        ("/b.mp4", "/images.segmind.com/b.mp4"),
        ("b.mp4?x=1", "/images.segmind.com/outputs/b.mp4?x=1"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_when_it_leads_to_a_public_address_then_it_goes_through_the_gateway_too(
    gateway, status, location, path
):
    gateway.reply(Reply(status, headers={"Location": location}), Reply(body=b"video"))
    assert fetch(PUBLIC, gateway.url) == b"video"
    assert gateway.seen[1].path == path


def test_redirect_when_it_never_ends_then_it_is_refused(gateway):
    gateway.reply(Reply(302, headers={"Location": "/again"}))
    with pytest.raises(UnsafeAddress, match="one address to the next"):
        fetch(PUBLIC, gateway.url)
    assert len(gateway.seen) == 5


def test_body_when_it_breaks_off_then_it_does_not_pass_for_the_whole(gateway):
    gateway.reply(Reply(body=b"half", length=8))
    with pytest.raises(ProviderTrouble):
        fetch(PUBLIC, gateway.url)


@pytest.mark.parametrize("bad", [Reply(404), Reply(500), Reply(503), RESET], ids=["404", "500", "503", "reset"])
def test_fetch_when_the_host_has_trouble_then_trying_again_is_safe(gateway, bad):
    gateway.reply(bad)
    with pytest.raises(ProviderTrouble, match="could not be fetched"):
        fetch(PUBLIC, gateway.url)


@pytest.mark.parametrize("bad", [Reply(429), Reply(503), RESET], ids=["429", "503", "reset"])
def test_fetch_when_the_trouble_passes_then_the_video_comes(gateway, bad):
    gateway.reply(bad, Reply(body=b"video"))
    assert fetch(PUBLIC, gateway.url) == b"video"


def test_fetch_when_the_user_has_a_netrc_then_no_credentials_are_sent(gateway, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password hidden\n")
    monkeypatch.setenv("NETRC", str(netrc))
    gateway.reply(Reply(302, headers={"Location": "/b", "Set-Cookie": "a=b"}), Reply())
    monkeypatch.setattr("components.fetch._checked", lambda *_: f"{gateway.url}/a")
    fetch(PUBLIC)
    sent = [name.lower() for seen in gateway.seen for name in seen.headers]
    assert len(gateway.seen) == 2
    assert {"authorization", "x-api-key"}.isdisjoint(sent)


class Proxy:
    """Takes one CONNECT and notes where it was to lead."""

    def __init__(self, monkeypatch, address: str | None) -> None:
        """No name leads anywhere where there is no `address`."""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(60)
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{self.listener.getsockname()[1]}")
        there, real = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)), socket.getaddrinfo

        def lookup(host, *rest, **named):
            if host != "videos.example.com":
                return real(host, *rest, **named)
            if address is None:
                raise socket.gaierror(-2, "Name or service not known")
            return [there]

        monkeypatch.setattr(socket, "getaddrinfo", lookup)

    def asked(self) -> bytes:
        connection, _ = self.listener.accept()
        with connection:
            return connection.recv(4096)


def test_fetch_when_a_proxy_stands_between_then_it_is_told_the_address_that_was_judged(monkeypatch):
    proxy = Proxy(monkeypatch, "8.8.8.8")
    with proxy.listener, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(proxy.asked)
        with pytest.raises(ProviderTrouble):
            fetch("https://videos.example.com/a.mp4")
        assert asked.result().startswith(b"CONNECT 8.8.8.8:443 ")


@pytest.mark.parametrize(("address", "said"), [("10.0.0.1", "private network"), (None, "cannot look up")])
def test_fetch_when_a_proxy_stands_between_and_the_name_leads_nowhere_public_then_the_proxy_is_not_asked(
    monkeypatch, address, said
):
    proxy = Proxy(monkeypatch, address)
    with proxy.listener:
        with pytest.raises(UnsafeAddress, match=said):
            fetch("https://videos.example.com/a.mp4")
        proxy.listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.listener.accept()
