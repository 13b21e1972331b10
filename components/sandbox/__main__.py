"""Starts the sandbox from the command line and ends it. Knows no provider and no route.

    python -m components.sandbox --port 8700

prints one line, `ready http://127.0.0.1:8700`, once it takes connections. A client then sends what it would
send to `https://HOST/PATH` to `http://127.0.0.1:8700/HOST/PATH`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
import threading
from pathlib import Path

import uvicorn

from components.catalog import wire_names_settings
from components.child import filtered
from components.hosts import OwnAddresses
from components.sandbox.server import build_app
from components.settings import below_the_studio, parse_list, parse_names

LARGEST_MESSAGE = 32 * 1024**2
"""Of a socket: a portrait of 10 MB or thirty seconds of plain sound, as base64, with room to spare."""


class Server(uvicorn.Server):
    """Says when it is ready, and lets go of held answers before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, address: str, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self._address, self._stopping = address, stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(f"ready {self._address}\n")
            sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping.set()
        await super().shutdown(sockets)

    def exit_with_parent(self) -> None:
        """Ends when standard input does: the parent holds its other end, so even SIGKILL closes it."""
        while os.read(sys.stdin.fileno(), 1024):  # past Python's buffer, whose lock would disturb the exit
            pass
        self.should_exit = True


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m components.sandbox", description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, help="folder of tasks and files; ./data/sandbox by default")
    parser.add_argument("--root", default="", metavar="HOST", help="a provider's host that is served at / too")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when standard input ends")
    return parser.parse_args()


def listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as refused:
        listener.close()
        sys.exit(f"The sandbox cannot listen on {host}:{port}: {refused.strerror}.")
    return listener


def wire_names() -> dict[str, dict[str, str]]:
    """Other wire places of parameters, by the variable that a model's spec names.

    Raises:
        ValueError: what a variable holds is no names.
    """
    return {name: parse_names(name, os.environ.get(name, "")) for name in wire_names_settings()}


def own_addresses() -> OwnAddresses:
    """Under which names it answers beside loopback's: the studio's own list."""
    allowed = parse_list(os.environ.get("STUDIO_ALLOWED_HOSTS", ""))
    return OwnAddresses(os.environ.get("STUDIO_PUBLIC_URL"), allowed)


def drop_environment() -> None:
    """Somebody's keys are none of the sandbox's business: it and its renderer see what they need to run."""
    kept = filtered(os.environ)
    os.environ.clear()
    os.environ.update(kept)


def main() -> None:
    asked = arguments()
    folder = asked.data or below_the_studio(Path(os.environ.get("STUDIO_DATA_DIR") or "data")) / "sandbox"
    os.umask(0o077)  # portraits and voices are nobody else's
    try:
        names, own = wire_names(), own_addresses()
        drop_environment()
        app, sandbox = build_app(folder, names, asked.root, own)
    except ValueError as unknown:
        sys.exit(str(unknown))
    with listen(asked.host, asked.port) as listener:
        address = f"http://{asked.host}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="on",
            timeout_graceful_shutdown=3,
            ws="websockets-sansio",
            ws_max_size=LARGEST_MESSAGE,
        )
        server = Server(config, address, sandbox.stopping)
        if asked.exit_with_parent:
            threading.Thread(target=server.exit_with_parent, daemon=True).start()
        # uvicorn shuts down in good order and then raises the signal again: these make it a quiet end.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: sys.exit(0))
        server.run(sockets=[listener])


if __name__ == "__main__":
    main()
