"""Notifies receivers on this machine that a task is over. Knows no provider, and contacts no other machine.

Sources, read 2026-11-20: runware.ai/docs/platform/webhooks (one POST for each finished item, again until it is
answered with 2xx) and its parameter `uploadEndpoint` (the file by PUT); www.bhuman.ai/docs/api (`callback_url`).
How often and how fast the providers try again is not published: the figures below are the sandbox's own.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from starlette.requests import HTTPConnection

from components.sandbox.files import VIDEO_TYPES, Files
from components.sandbox.inputs import is_loopback_host
from components.sandbox.tasks import Task

PAUSES = (0.0, 1.0, 5.0)
"""Before each try."""
PATIENCE = 5.0
MOST_AT_ONCE, MOST_WAITING = 8, 4_000
ACCEPTED = re.compile(rb"HTTP/1\.[01] 2\d\d\b")
PLAIN = re.compile(r"[!-~]{1,2000}", re.ASCII)
"""An address that can stand in a request line as it is."""


def allowed(by: HTTPConnection, url: str | None) -> str:
    """The address where this caller may have itself called, else nothing.

    Both ends have to be on this machine: the sandbox shall not lend anybody its place behind the firewall. The
    guard has turned away the web pages of elsewhere.
    """
    host = by.client.host if by.client else ""
    return url if url and is_loopback(url) and is_loopback_host(host) else ""


def is_loopback(url: str) -> bool:
    """Whether an address names this machine. No name but `localhost` is ever looked up."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and port != 0
        and is_loopback_host(parts.hostname)
        and bool(PLAIN.fullmatch(url))
    )


@dataclass(frozen=True)
class Call:
    """One request to a receiver."""

    method: Literal["POST", "PUT"]
    url: str
    media_type: str
    body: bytes


class Webhooks:
    """Sends notifications beside everything else; a receiver's troubles are its own."""

    def __init__(self, files: Files) -> None:
        self.messages: dict[str, Callable[[Task], Mapping[str, Any]]] = {}
        """Makes the message about a task, by provider; each puts in its own."""
        self._files = files
        self._calls: set[asyncio.Task[None]] = set()
        self._lines = asyncio.Semaphore(MOST_AT_ONCE)

    def notify(self, task: Task) -> None:
        """Starts the calls that a task that is over asks for; returns at once."""
        if task.upload and task.state == "COMPLETED":
            self._start(task, self._file)
        if task.webhook and task.provider in self.messages:
            self._start(task, self._message)

    async def stop(self) -> None:
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    def _start(self, task: Task, make: Callable[[Task], Call]) -> None:
        if len(self._calls) < MOST_WAITING:
            call = asyncio.create_task(self._deliver(task, make))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)

    async def _deliver(self, task: Task, make: Callable[[Task], Call]) -> None:
        for pause in PAUSES:
            await asyncio.sleep(pause)
            async with self._lines:
                if await _accepted(make, task):
                    return

    def _message(self, task: Task) -> Call:
        body = json.dumps(self.messages[task.provider](task)).encode()
        return Call("POST", task.webhook, "application/json", body)

    def _file(self, task: Task) -> Call:
        data = self._files.output(task.id).read_bytes()
        return Call("PUT", task.upload, VIDEO_TYPES[task.scene.container], data)


async def _accepted(make: Callable[[Task], Call], task: Task) -> bool:
    """Whether the receiver answered with 2xx, in time; no redirect is followed and no body read."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _send(make(task))
    except (OSError, ValueError, TimeoutError):  # down, slow, cut off, a bad certificate, no HTTP, a clip now gone
        return False


async def _send(call: Call) -> bool:
    parts = urlsplit(call.url)
    reader, writer = await _connect(parts)
    try:
        writer.write(_head(call, parts) + call.body)
        await writer.drain()
        return ACCEPTED.match(await reader.readline()) is not None
    finally:
        writer.transport.abort()


async def _connect(parts: SplitResult) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to this machine, checked again where it ended up.

    Raises:
        OSError: there is none, or its other end is elsewhere.
    """
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if secure else 80)
    name = parts.hostname if secure else None
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secure, server_hostname=name)
    if not is_loopback_host(writer.get_extra_info("peername")[0]):
        writer.transport.abort()
        raise OSError("the receiver is not on this machine")
    return reader, writer


def _head(call: Call, parts: SplitResult) -> bytes:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = (
        f"{call.method} {target} HTTP/1.1",
        f"Host: {parts.netloc.rpartition('@')[2]}",
        f"Content-Type: {call.media_type}",
        f"Content-Length: {len(call.body)}",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")
