"""Runware over HTTP, and the host of its files. Knows no task's rules and no other provider.

Sources, read 2026-11-20: runware.ai/docs/platform (authentication, task-polling, media-storage).
"""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.responses import JSONResponse as Json
from starlette.routing import BaseRoute, Mount, Route

from components.sandbox.files import VIDEO_TYPES
from components.sandbox.gateway import Sandbox
from components.sandbox.runware import errors
from components.sandbox.runware.errors import Problem
from components.sandbox.runware.media import HOST as MEDIA
from components.sandbox.runware.order import PROVIDER
from components.sandbox.runware.socket import HOST as SOCKET
from components.sandbox.runware.socket import Sockets
from components.sandbox.runware.tasks import JSON, Runware, check_key, kind_of, read_tasks

API = "api.runware.ai"


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One mount for each of Runware's hosts."""
    runware = Runware(sandbox)
    sandbox.webhooks.messages[PROVIDER] = runware.message
    web = Web(sandbox, runware)
    by_host: dict[str, list[BaseRoute]] = {
        API: [Route("/v1", web.tasks, methods=["POST"])],
        SOCKET: Sockets(runware).routes(),
        MEDIA: [Route("/video/{name}", web.video), Route("/assets/{name}", web.asset)],
    }
    handlers = {HTTPException: errors.from_http}
    return [
        Mount(f"/{host}", app=Starlette(routes=own, exception_handlers=handlers)) for host, own in by_host.items()
    ]


class Web:
    """Its one route, and its media host."""

    def __init__(self, sandbox: Sandbox, runware: Runware) -> None:
        self._sandbox, self._runware = sandbox, runware

    async def tasks(self, request: Request) -> Response:
        """`POST /v1`: an array of tasks, each answered by itself."""
        try:
            given = read_tasks(await request.body())
            check_key(_key(request, given[0]))
        except Problem as refused:
            return errors.refused(refused)
        data: list[JSON] = []
        problems: list[JSON] = []
        status = 200
        for task in given:
            code, answer = await self._runware.answer(request, task)
            data, problems = data + answer.get("data", []), problems + answer.get("errors", [])
            status = code if code != 200 else status
        body = {"data": data} if data or not problems else {}
        return Json(body | ({"errors": problems} if problems else {}), 200 if data else status)

    async def video(self, request: Request) -> Response:
        """A finished clip; no key needed, ranges answered."""
        stem, _, suffix = request.path_params["name"].partition(".")
        task = self._sandbox.tasks.get(stem)
        found = self._sandbox.files.find("outputs", f"{stem}.mp4")
        if not task or not found or suffix != task.scene.container:
            raise HTTPException(404)
        return FileResponse(found, media_type=VIDEO_TYPES[suffix])

    async def asset(self, request: Request) -> Response:
        found = self._sandbox.files.find("assets", request.path_params["name"])
        if not found:
            raise HTTPException(404)
        return FileResponse(found, headers={"X-Content-Type-Options": "nosniff"})


def _key(request: Request, first: Any) -> Any:
    """The key of an authentication task that comes first, else the bearer token."""
    if kind_of(first) == "authentication":
        return first.get("apiKey")
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key if scheme.lower() == "bearer" else None
