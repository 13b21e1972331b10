"""A tiny gateway on loopback that notes what comes and answers as it is told, badly too."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One answer; `length` lies about the body's, `then` is what happens instead of an orderly end."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    then: str = ""


RESET, SILENCE = Reply(then="reset"), Reply(then="silence")


@dataclass(frozen=True)
class Seen:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Gateway:
    """Gives its replies in turn, the last one again and again."""

    def __init__(self) -> None:
        self.replies, self.seen, self.over = [Reply()], [], threading.Event()
        self.url = ""

    def reply(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Handler(BaseHTTPRequestHandler):
    gateway: Gateway

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.gateway.seen.append(Seen(self.command, self.path, dict(self.headers), body))
        reply = self.gateway.next()
        if reply.then == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if reply.then == "silence":
            self.gateway.over.wait(30)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST = _answer

    def log_message(self, *_: object) -> None:
        """The tests say what is worth saying."""


@contextmanager
def start_gateway() -> Iterator[Gateway]:
    gateway = Gateway()
    with serving(type("Handler", (_Handler,), {"gateway": gateway})) as gateway.url:
        try:
            yield gateway
        finally:
            gateway.over.set()


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on loopback that answers so."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
