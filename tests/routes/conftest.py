"""The routes behind a real server on loopback, and a client that sends paths as they are."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

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
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=90)) as connection:
        yield partial(_ask, connection)


@pytest.fixture
def ask_apart(port: int) -> Callable[..., Got]:
    """The same on a connection of its own, beside another answer that is waited for."""
    return asking(port)


def asking(port: int) -> Callable[..., Got]:
    def ask(*args: Any, **headers: str) -> Got:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=90)) as connection:
            return _ask(connection, *args, **headers)

    return ask


def _ask(
    connection: http.client.HTTPConnection,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    **headers: str,
) -> Got:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    named = {name.lower(): value for name, value in answer.getheaders()}
    return Got(answer.status, named, answer.read())
