"""Serves the studio's routes on loopback, over real HTTP, in the process of the tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from components.routes import ROUTES
from tests.sandbox_server import until


@contextmanager
def serve_routes(*middleware: Middleware) -> Iterator[int]:
    """Their port; what they answer is of the studio that is open then."""
    app = Starlette(routes=ROUTES, middleware=middleware)
    config = uvicorn.Config(app, port=0, ws="none", lifespan="off", log_config=None, timeout_keep_alive=60)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()
