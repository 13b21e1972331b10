"""Serves the tools over streamable HTTP: at /mcp, under its own names only, no memory between two calls."""

from __future__ import annotations

import socket
from collections.abc import Iterable

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from components.errors import CannotStart
from components.hosts import LOOPBACK
from components.mcp.files import MOST_SENT
from components.mcp.server import StudioServer

PATH = "/mcp"
MOST_BODY = MOST_SENT * 4 // 3 + 1024**2
"""Bytes of a request: a file in base64, and what stands around it."""


def own_names(address: str, port: int, allowed: Iterable[str]) -> TransportSecuritySettings:
    """Which Host and Origin headers are answered: a page of elsewhere can name this machine, but writes its own.

    Args:
        address: that the server listens on.
        port: of that.
        allowed: further hosts, by which a proxy or another machine calls it; any port of them.
    """
    here = [f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in {*LOOPBACK, address}]
    others = [written for name in allowed for written in (name, f"{name}:*")]
    hosts = [*here, *others]
    origins = [f"http://{name}" for name in hosts] + [f"https://{name}" for name in others]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def listen(address: str, port: int) -> socket.socket:
    """A socket at that address; port 0 is any that is free.

    Raises:
        CannotStart: it is taken, or not of this machine.
    """
    try:
        return socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET)
    except (OSError, OverflowError) as refused:
        # Python adds the address in brackets, which is said already.
        why = (getattr(refused, "strerror", None) or "there is no such port").partition(" (")[0]
        raise CannotStart(f"Cannot listen on {address}:{port}: {why}.", "Choose another.") from None


def application(server: StudioServer, names: TransportSecuritySettings) -> Starlette:
    """Stateless: each call stands alone with its own token, so no session of one caller can be another's."""
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MOST_BODY,
        transport_security=names,
    )


def serve(app: Starlette, listener: socket.socket) -> None:
    """Answers until it is told to stop."""
    # Requests are not logged: what calls hold is nobody else's business.
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=3)
    uvicorn.Server(config).run(sockets=[listener])
