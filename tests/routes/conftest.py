"""The routes behind a real server on loopback, and a client that sends paths as they are."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=ROUTES), port=0, ws="none", lifespan="off", log_config=None, timeout_keep_alive=60
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.fixture
def ask(port: int) -> Iterator[Callable[..., Got]]:
    """Asks for a path exactly as it is written; no client tidies it first."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def ask(path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Got:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Got(answer.status, named, answer.read())

    yield ask
    connection.close()
