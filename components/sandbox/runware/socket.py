"""Runware over a WebSocket: who may speak, how much at once, and for how long. Knows no task's rules.

Sources, read 2026-11-20: runware.ai/docs, Connection & Authentication (authentication comes first and gives
`connectionSessionUUID`; ping and pong; closed after 120 seconds without a message); PyPI runware 0.5.24 and npm
@runware/sdk-js 1.3.2 (one task a message, answers told apart by `taskUUID`).
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from components.sandbox.runware.errors import Problem
from components.sandbox.runware.tasks import JSON, Runware, check_key, kind_of, read_tasks

HOST = "ws-api.runware.ai"
IDLE_SECONDS = 120.0
MOST_SOCKETS, MOST_AT_ONCE = 64, 32
GOING_AWAY, TRY_LATER = 1001, 1013


class Sockets:
    """All connections together."""

    def __init__(self, runware: Runware) -> None:
        self._runware, self._open = runware, 0

    def routes(self) -> list[BaseRoute]:
        return [WebSocketRoute("/v1", self.serve)]

    async def serve(self, socket: WebSocket) -> None:
        if self._open >= MOST_SOCKETS:
            return await socket.close(TRY_LATER)
        self._open += 1
        try:
            await socket.accept()
            await Conversation(socket, self._runware).hold()
        finally:
            self._open -= 1


class Conversation:
    """One connection: messages are read in turn and their tasks answered beside each other."""

    def __init__(self, socket: WebSocket, runware: Runware) -> None:
        self._socket, self._runware = socket, runware
        self._known = False
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def hold(self) -> None:
        """Until the other side leaves or falls silent. What it has asked for by then is finished."""
        async with asyncio.TaskGroup() as answers:
            while (message := await self._next()) is not None:
                for task in await self._tasks(message):
                    await self._room.acquire()
                    answers.create_task(self._answer(task))

    async def _next(self) -> str | bytes | None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                message = await self._socket.receive()
        except TimeoutError:
            await self._socket.close(GOING_AWAY)
            return None
        if message["type"] == "websocket.disconnect":
            return None
        text: str | bytes = message.get("text") or message.get("bytes") or ""
        return text

    async def _tasks(self, message: str | bytes) -> list[Any]:
        """What is left to do of a message: pings and refusals are answered at once, before anything else."""
        try:
            given = read_tasks(message)
        except Problem as refused:
            await self._send({"errors": [refused.json()]})
            return []
        return [task for task in given if await self._is_for_later(task)]

    async def _is_for_later(self, task: Any) -> bool:
        kind = kind_of(task)
        if kind == "ping":
            await self._send({"data": [{"taskType": "ping", "pong": True}]})
            return False
        try:
            if kind == "authentication":
                self._known = False
                check_key(task.get("apiKey"))
                self._known = True
            elif not self._known:
                raise Problem("missingApiKey", "The first task must be an authentication.", "apiKey", status=401)
        except Problem as refused:
            await self._send({"errors": [refused.json(task)]})
            return False
        return True

    async def _answer(self, task: Any) -> None:
        try:
            _, answer = await self._runware.answer(self._socket, task)
            await self._send(answer)
        finally:
            self._room.release()

    async def _send(self, message: JSON) -> None:
        """Nobody is left to hear it where the other side has gone meanwhile."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await self._socket.send_json(message)
