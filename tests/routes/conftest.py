"""The routes behind a real server on loopback, and a client that sends paths as they are."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.routes_server import serve_routes


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    content: bytes


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    with serve_routes() as number:
        yield number


@pytest.fixture
def ask(port: int) -> Iterator[Callable[..., Got]]:
    """Asks for a path exactly as it is written; no client tidies it first."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def ask(path: str, method: str = "GET", **headers: str) -> Got:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Got(answer.status, named, answer.read())

    yield ask
    connection.close()
