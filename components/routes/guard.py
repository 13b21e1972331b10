"""Stands before everything that the server answers: whose page asks, by which name, and what a browser may do.

Streamlit's own routes too: its socket is what presses Generate. Sources: the measurements of 2026-11-25 with
Streamlit 1.67 and Chromium (which headers its pages live with); OWASP's sheets on DNS rebinding and clickjacking.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.hosts import OwnAddresses
from components.settings import Settings

READING = ("GET", "HEAD", "OPTIONS")
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
"""Routes of Streamlit's that nobody here needs."""
REFUSED = {
    403: b"This page may not do that here.",
    404: b"There is nothing at this address.",
    421: b"Unknown host. Open the studio by the address that it was started with, or name this one in "
    b"STUDIO_ALLOWED_HOSTS.",
}
POLICY_VIOLATION = 1008
INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def policy(index: bytes) -> str:
    """The strictest Content-Security-Policy that the pages live with.

    `blob:` scripts are Streamlit's components; inline styles its own and React's; the inline scripts of its one
    HTML page are named by their hashes, because they change with its versions.

    Args:
        index: that page.
    """
    hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in INLINE.findall(index)]
    inline = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return "; ".join(
        (
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            f"script-src 'self' {inline} 'wasm-unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "media-src 'self'",
            "font-src 'self' data:",
            "connect-src 'self'",
        )
    )


@cache
def headers(index: Path) -> dict[str, str]:
    """What every answer says to the browser."""
    return {
        "Content-Security-Policy": policy(index.read_bytes()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


class Guard:
    """Middleware that lets in only the person's own page, by a name of ours.

    Args:
        app: what lies behind.
        index: the HTML page that Streamlit serves.
        settings: gives the public address and the allowed hosts; asked at the first request.
    """

    def __init__(self, app: ASGIApp, index: Path, settings: Callable[[], Settings] = Settings) -> None:
        self._app, self._index, self._settings = app, index, settings
        self._known: OwnAddresses | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or hands on with the strict headers on the answer."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        refusal = self._refusal(scope)
        if refusal is not None:
            return await self._refuse(scope, receive, self._strict(send), refusal)
        if scope["type"] == "websocket":
            return await self._app(_same_host(scope), receive, send)
        return await self._app(scope, receive, self._strict(send))

    def _refusal(self, scope: Scope) -> int | None:
        given, own = Headers(scope=scope), self._own()
        server = (str(scope["server"][0]), scope["server"][1]) if scope.get("server") else ("", None)
        hosts, origins = given.getlist("host"), given.getlist("origin")
        # What a proxy says of the host can only narrow: it needs no trust.
        forwarded = [host.strip() for line in given.getlist("x-forwarded-host") for host in line.split(",")]
        if len(hosts) != 1 or not all(own.knows_host(host, server) for host in (*hosts, *forwarded)):
            return 421
        if scope["type"] == "websocket" and len(origins) != 1:
            return 403  # browsers always name it
        changing = scope["type"] == "websocket" or scope["method"] not in READING
        if changing and not all(own.knows_origin(origin, server) for origin in origins):
            return 403
        return 404 if scope["path"].startswith(CLOSED) else None

    def _own(self) -> OwnAddresses:
        if self._known is None:
            settings = self._settings()
            self._known = OwnAddresses(settings.public_url, settings.allowed_hosts)
        return self._known

    def _strict(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in headers(self._index).items():
                    out.setdefault(name, value)
            await send(message)

        return sending

    @staticmethod
    async def _refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
        if scope["type"] == "websocket":
            await receive()
            # Before it is accepted: the browser sees 403. A denial response would log an error at each attempt.
            return await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [(b"content-type", b"text/plain; charset=utf-8")],
            }
        )
        await send({"type": "http.response.body", "body": REFUSED[status]})


def _same_host(scope: Scope) -> Scope:
    """The socket's Host as its page wrote it.

    Streamlit compares the two as text, and where they differ, as behind a proxy, asks an address on the internet
    for its own, on the event loop. Both have been found to be ours.
    """
    origin = Headers(scope=scope)["origin"].partition("://")[2].encode("latin-1")
    return {**scope, "headers": [(name, origin if name == b"host" else value) for name, value in scope["headers"]]}
