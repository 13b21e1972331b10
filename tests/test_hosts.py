"""Which Host and Origin headers name this server: by exact name and port, and nothing that only looks alike."""

from __future__ import annotations

import pytest

from components.errors import NotConfigured
from components.hosts import OwnAddresses, is_loopback, refuse_strangers

HERE = ("127.0.0.1", 8501)
OWN = OwnAddresses("https://studio.example.com", ("lab.test", "desk.test:9000"))


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8501",
        "LOCALHOST:8501",
        "localhost.:8501",
        "127.0.0.1:8501",
        "[::1]:8501",
        "studio.example.com",
        "studio.example.com:443",
        "lab.test",
        "lab.test:8501",
        "desk.test:9000",
    ],
)
def test_host_when_it_is_ours_then_it_is_known(host):
    assert OWN.knows_host(host, HERE)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.test",
        "evil.test:8501",
        "localhost",
        "localhost:9999",
        "127.1:8501",
        "0.0.0.0:8501",
        "2130706433:8501",
        "user@localhost:8501",
        "localhost:8501/x",
        "localhost:8501?x",
        "localhost:8501#x",
        "localhost:",
        "localhost:x",
        "localhost:8501.evil.test",
        "localhost:99999",
        "studio.example.com:8501",
        "evil.studio.example.com",
        "lab.test:22",
        "desk.test",
        "löcalhost:8501",
        "localhost:8501\x00",
        " localhost:8501",
        "[::1",
    ],
)
def test_host_when_it_is_not_exactly_ours_then_it_is_unknown(host):
    assert not OWN.knows_host(host, HERE)


def test_host_when_it_is_the_number_of_the_connections_own_end_then_it_is_known():
    assert OwnAddresses().knows_host("192.168.7.5:8501", ("192.168.7.5", 8501))
    assert not OwnAddresses().knows_host("192.168.7.6:8501", ("192.168.7.5", 8501))


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:8501", "http://127.0.0.1:8501", "https://studio.example.com", "https://lab.test"],
)
def test_origin_when_it_is_ours_then_it_is_known(origin):
    assert OWN.knows_origin(origin, HERE)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://localhost:9999",
        "https://localhost:8501",
        "http://localhost:8501/",
        "http://localhost:8501.evil.test",
        "http://evil.test",
        "http://studio.example.com",
        "https://studio.example.com:8501",
        "file://localhost:8501",
        "localhost:8501",
        " http://localhost:8501",
    ],
)
def test_origin_when_it_is_not_exactly_ours_then_it_is_unknown(origin):
    assert not OWN.knows_origin(origin, HERE)


@pytest.mark.parametrize(
    ("address", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), (None, False), ("x", False)],
)
def test_address_when_others_could_reach_it_then_listening_is_a_decision(address, loopback):
    assert is_loopback(address) is loopback
    refuse_strangers(address, opened=True)
    if loopback:
        refuse_strangers(address, opened=False)
    else:
        with pytest.raises(NotConfigured, match="STUDIO_OPEN=yes"):
            refuse_strangers(address, opened=False)
