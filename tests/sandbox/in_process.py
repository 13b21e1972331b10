"""Runs the sandbox in this process, so that a test may put models of its own into the catalog."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from components.sandbox.server import build_app
from tests.sandbox_server import SandboxServer, until


@contextmanager
def sandbox_in_process(folder: Path, wire_names: dict | None = None) -> Iterator[SandboxServer]:
    """A sandbox in a thread; its database belongs to that thread, so it is built there."""
    servers: list[uvicorn.Server] = []

    def serve() -> None:
        app, _ = build_app(folder, wire_names or {})
        config = uvicorn.Config(app, port=0, log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        servers.append(uvicorn.Server(config))
        servers[0].run()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    until(lambda: servers and servers[0].started)
    port = servers[0].servers[0].sockets[0].getsockname()[1]
    try:
        yield SandboxServer(None, f"http://127.0.0.1:{port}")
    finally:
        servers[0].should_exit = True
        thread.join(20)
