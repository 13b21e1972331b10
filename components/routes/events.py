"""The socket of live status: who may listen, for how long, and how it ends. What is told is the hub's."""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.websockets import WebSocket, WebSocketDisconnect

from components.errors import StudioError
from components.routes.hub import Listener, hub
from components.routes.identity import studio_of
from components.settings import Settings
from components.studio import Studio

PATH = "/api/events"
PROTOCOL = "screentest"
"""What both sides speak. The pass stands beside it among the offered protocols: addresses end up in logs."""
PATIENCE = 10.0
"""Seconds that one message may wait for its reader."""
SPOKE, SLOW, AGAIN = 1008, 1013, 4401
"""Why we close: it spoke, where only we speak; it reads too slowly; its pass has ended."""


async def listen(websocket: WebSocket) -> None:
    """`/api/events?since=UNIX_SECONDS`: what changed of a person's since then, then whatever changes."""
    studio, until = None, None
    with suppress(StudioError):
        studio = studio_of(websocket.scope)
        until = _granted(websocket, studio) if studio else None
    if studio is None or until is None:
        # Before it is accepted: the browser sees HTTP 403.
        await websocket.close()
        return
    listener = hub.join(studio.person.owner, _since(websocket), until)
    if listener is None:
        # Closed before it is accepted: a denial response would log an error for each attempt.
        await websocket.close(SLOW)
        return
    try:
        await websocket.accept(subprotocol=PROTOCOL)
        await _converse(websocket, listener)
    except WebSocketDisconnect:
        pass  # gone before it was greeted
    finally:
        hub.leave(listener)


def _granted(websocket: WebSocket, studio: Studio) -> float | None:
    """Until when a page of ours may listen; None for everybody else.

    Raises:
        NotFound: the pass is forged or has expired.
    """
    offered = websocket.scope.get("subprotocols") or []
    if not _ours(websocket, studio.settings) or len(offered) != 2 or offered[0] != PROTOCOL:
        return None
    return studio.live.until(offered[1])


def _ours(websocket: WebSocket, settings: Settings) -> bool:
    """Whether a page of this server asks, by the address that its browser gives; no browser, no address."""
    origin = urlsplit(websocket.headers.get("origin", "").lower())
    if origin.scheme not in ("http", "https") or not origin.netloc:
        return False
    public = urlsplit((settings.public_url or "").lower())
    here = websocket.headers.get("host", "").lower()
    return origin.netloc == here or (origin.scheme, origin.netloc) == (public.scheme, public.netloc)


def _since(websocket: WebSocket) -> float:
    with suppress(ValueError):
        given = float(websocket.query_params.get("since", "nan"))
        return given if math.isfinite(given) else 0.0
    return 0.0


async def _converse(websocket: WebSocket, listener: Listener) -> None:
    """Until the browser leaves or is sent away; a closed socket raises nothing."""
    sending = asyncio.create_task(_send(websocket, listener))
    hearing = asyncio.create_task(_hear(websocket))
    try:
        await asyncio.wait((sending, hearing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        sending.cancel()
        hearing.cancel()
        codes = await asyncio.gather(sending, hearing, return_exceptions=True)
    code = next((code for code in codes if isinstance(code, int)), None)
    if code is not None:
        with suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
            await asyncio.wait_for(websocket.close(code), PATIENCE)


async def _send(websocket: WebSocket, listener: Listener) -> int:
    while (message := await listener.outbox.get()) is not None:
        try:
            await asyncio.wait_for(websocket.send_text(message), PATIENCE)
        except TimeoutError:
            return SLOW
    return AGAIN


async def _hear(websocket: WebSocket) -> int | None:
    """Browsers have nothing to say here, so whoever speaks is closed, whatever it said."""
    message = await websocket.receive()
    return None if message["type"] == "websocket.disconnect" else SPOKE
