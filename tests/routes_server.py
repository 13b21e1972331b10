"""Serves the studio's routes on loopback, over real HTTP, in the process of the tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from components.routes import ROUTES
from tests.sandbox_server import until


@contextmanager
def serve_routes() -> Iterator[int]:
    """Their port; what they answer is of the studio that is open then."""
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=ROUTES), port=0, ws="none", lifespan="off", log_config=None)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()
