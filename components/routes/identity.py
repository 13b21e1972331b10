"""Stands behind the guard and before all else: who asks, by Streamlit's cookie or by a proxy that signs people in.

What it finds it hands on in headers that nobody outside can set: pages see no other part of a request.
Sources: the measurements of 2026-11-25 with Streamlit 1.67 (its cookie lives 30 days and cannot be taken back; a
script sees headers as a middleware wrote them).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.settings import Settings
from components.studio import Claim, Studio, Visitor, current, of, session_id

VISITOR, REFUSAL, SESSION = "x-screentest-visitor", "x-screentest-refusal", "x-screentest-session"
PROXY_SECRET = "x-proxy-secret"  # noqa: S105 - its name
"""In which header the proxy shows that it is the one."""
SIGN_OUT = "/auth/logout"
CHECK_SECONDS = 10.0
"""How often an open socket is held against who may be in."""
POLICY_VIOLATION = 1008
OPEN_TO_ALL = (
    "/api/v1/",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/stream",
    "/auth/",
    "/oauth2callback",
    "/files/",
    "/healthz",
    "/metrics",
    "/readyz",
    "/scripts/",
    "/static/",
    "/webhooks/",
)
"""What answers without a sign-in: Streamlit's page, which then shows the door, what it is made of, and what checks
for itself whom it answers."""
ANSWERS_ITSELF = ("/_stcore/", "/api/", "/component/", "/media/")
"""What is refused to everybody else; all other addresses are the one page of Streamlit's."""


class Identify:
    """Middleware that says who asks, and lets nobody else past the page that asks them to sign in.

    Args:
        app: what lies behind.
        read_cookie: the claim of a signed-in browser from its cookies, None without one.
        settings: say how people sign in; asked at the first request.
    """

    def __init__(
        self,
        app: ASGIApp,
        read_cookie: Callable[[Mapping[str, str], Settings], Claim | None],
        settings: Callable[[], Settings] = Settings,
    ) -> None:
        self._app, self._read_cookie, self._settings = app, read_cookie, settings
        self._known: Settings | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on with the visitor in the headers and in `scope["visitor"]`, or refuses."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        settings = self._of_process()
        claim = self._claim(scope, settings)
        if settings.sign_in == "off":
            return await self._app(_marked(scope, settings, None), receive, send)
        if claim is not None and scope["path"] == SIGN_OUT:
            # Streamlit forgets it in this browser only; whoever has a copy of the cookie is out too.
            await asyncio.to_thread(current().admission.end, claim)
        visitor = await self._admit(claim)
        inner = _marked(scope, settings, visitor)
        known = visitor is not None and visitor.role is not None
        if not known and _answers_itself(scope["path"]):
            return await _refuse(scope, receive, send)
        if scope["type"] == "websocket":
            if not known or settings.sign_in == "proxy":
                inner = _begun_anew(inner)
            return await self._converse(inner, receive, send, claim if known else None, visitor)
        return await self._app(inner, receive, _only_over_tls(send) if _has_tls(settings) else send)

    def _of_process(self) -> Settings:
        if self._known is None:
            self._known = self._settings()
        return self._known

    def _claim(self, scope: Scope, settings: Settings) -> Claim | None:
        given = Headers(scope=scope)
        if settings.sign_in == "oidc":
            return self._read_cookie(given, settings)
        if settings.sign_in == "proxy" and settings.proxy_secret and _came_by(given, settings):
            names = given.getlist(settings.proxy_header)
            if len(names) == 1:
                # A proxy's sign-in has no beginning that we see: it counts as one a day.
                day = datetime.now(UTC).date().isoformat()
                return Claim(names[0], session_id("proxy", names[0].strip().lower(), day))
        return None

    @staticmethod
    async def _admit(claim: Claim | None) -> Visitor | None:
        return None if claim is None else await asyncio.to_thread(current().admission.admit, claim)

    async def _converse(
        self, scope: Scope, receive: Receive, send: Send, claim: Claim | None, visitor: Visitor | None
    ) -> None:
        """A socket that ends, from our side, once its person is out or has another role."""
        over = asyncio.create_task(self._until_out(claim, visitor))
        left = False

        async def hearing() -> Message:
            nonlocal left
            heard = asyncio.ensure_future(receive())
            await asyncio.wait((heard, over), return_when=asyncio.FIRST_COMPLETED)
            if heard.done():
                message = heard.result()
                left = left or message["type"] == "websocket.disconnect"
                return message
            heard.cancel()
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}

        try:
            await self._app(scope, hearing, send)
        finally:
            out = over.done() and not over.cancelled()
            over.cancel()
            if out and not left:
                with suppress(RuntimeError, OSError):
                    await send({"type": "websocket.close", "code": POLICY_VIOLATION})

    async def _until_out(self, claim: Claim | None, visitor: Visitor | None) -> None:
        """Comes back when the person is no longer who they were when the socket opened."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            if claim is not None:
                with suppress(Exception):  # a database that does not answer throws nobody out
                    if await self._admit(claim) != visitor:
                        return


def studio_of(scope: Scope) -> Studio | None:
    """The studio as whoever asks has it; None where they are not in."""
    server = current()
    if server.settings.sign_in == "off":
        return server
    visitor: Visitor | None = scope.get("visitor")
    return of(visitor.email) if visitor and visitor.role else None


def _answers_itself(path: str) -> bool:
    return path.startswith(ANSWERS_ITSELF) and not path.startswith(OPEN_TO_ALL)


def _came_by(given: Headers, settings: Settings) -> bool:
    """Whether the proxy that signs people in sent this, by a secret that only it knows."""
    secrets = given.getlist(PROXY_SECRET)
    wanted = settings.proxy_secret.get_secret_value() if settings.proxy_secret else ""
    return len(secrets) == 1 and bool(wanted) and hmac.compare_digest(secrets[0].encode(), wanted.encode())


def _marked(scope: Scope, settings: Settings, visitor: Visitor | None) -> Scope:
    """Without any header that could name somebody, but ours."""
    ours = {VISITOR, REFUSAL, SESSION, PROXY_SECRET}
    if settings.sign_in == "proxy":
        ours.add(settings.proxy_header.lower())
    # Some servers take `_` for `-`: a name of that form would be read as one of ours.
    kept = [pair for pair in scope["headers"] if pair[0].decode("latin-1").lower().replace("_", "-") not in ours]
    if visitor is not None:
        kept.append((VISITOR.encode(), visitor.email.encode("ascii", "backslashreplace")))
        kept.append((SESSION.encode(), visitor.session.encode()))
        if visitor.refusal:
            kept.append((REFUSAL.encode(), visitor.refusal.encode()))
    return {**scope, "headers": kept, "visitor": visitor}


def _begun_anew(scope: Scope) -> Scope:
    """A socket that goes on with no earlier visit, whose buttons are still those of who made it.

    Streamlit takes the third protocol that is offered for the id of a visit to go on with, and holds only its own
    cookie against it: not whether that sign-in has ended, and with a proxy nothing at all.
    """
    name = b"sec-websocket-protocol"
    kept = [(key, b",".join(told.split(b",")[:2]) if key == name else told) for key, told in scope["headers"]]
    return {**scope, "headers": kept, "subprotocols": scope.get("subprotocols", [])[:2]}


def _has_tls(settings: Settings) -> bool:
    return (settings.public_url or "").startswith("https:")


def _only_over_tls(send: Send) -> Send:
    """Streamlit marks no cookie as one for https only."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            out = MutableHeaders(scope=message)
            cookies = out.getlist("set-cookie")
            if cookies:
                del out["set-cookie"]
                for cookie in cookies:
                    secure = cookie if "; secure" in cookie.lower() else f"{cookie}; Secure"
                    out.append("set-cookie", secure)
        await send(message)

    return sending


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        return await send({"type": "websocket.close", "code": POLICY_VIOLATION})
    await send(
        {
            "type": "http.response.start",
            "status": 403,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": b"Sign in first."})
