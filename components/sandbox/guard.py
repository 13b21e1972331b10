"""Lets no web page of elsewhere drive the sandbox: it answers by its own names, and to no foreign Origin.

Programs send no Origin, and pass; a browser always says whose page asks where something would change. It also
notes whose request it lets in.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.hosts import OwnAddresses
from components.rehearsing import PERSON_HEADER
from components.sandbox.rehearse import SUBMITTER

POLICY_VIOLATION = 1008


class Guard:
    """Middleware before all routes of the sandbox.

    Args:
        app: what lies behind.
        own: the names that are the sandbox's.
    """

    def __init__(self, app: ASGIApp, own: OwnAddresses) -> None:
        self._app, self._own = app, own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or hands on."""
        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None and scope["type"] != "lifespan":
            SUBMITTER.set(Headers(scope=scope).get(PERSON_HEADER, ""))
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        given = Headers(scope=scope)
        server = (str(scope["server"][0]), scope["server"][1])
        hosts = given.getlist("host")
        if len(hosts) != 1 or not self._own.knows_host(hosts[0], server):
            return PlainTextResponse("Unknown host. Name it in STUDIO_ALLOWED_HOSTS if it is the sandbox's.", 421)
        if not all(self._own.knows_origin(origin, server) for origin in given.getlist("origin")):
            return PlainTextResponse("A page of another origin may not use the sandbox.", 403)
        return None
