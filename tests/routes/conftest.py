"""The routes behind a real server on loopback, and a client that sends paths as they are."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from components.routes import ROUTES
from tests.sandbox_server import until


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    content: bytes


@contextmanager
def serving(app: Starlette) -> Iterator[int]:
    """The port at which it answers."""
    config = uvicorn.Config(app, port=0, ws="none", lifespan="off", log_config=None, timeout_keep_alive=60)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    with serving(Starlette(routes=ROUTES)) as number:
        yield number


@pytest.fixture
def ask(port: int) -> Iterator[Callable[..., Got]]:
    """Asks for a path exactly as it is written; no client tidies it first."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        yield partial(_ask, connection)


@pytest.fixture
def ask_apart(port: int) -> Callable[..., Got]:
    """The same on a connection of its own, beside another answer that is waited for."""
    return asking(port)


def asking(port: int) -> Callable[..., Got]:
    def ask(*args: Any, **headers: str) -> Got:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
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
