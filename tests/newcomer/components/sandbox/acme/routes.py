"""Speaks Acme's API, errors included. Knows no other provider and does not render. Acme is made up: no source."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from components.catalog.spec import ModelSpec
from components.sandbox.acme import errors
from components.sandbox.gateway import Sandbox, address, json_object
from components.sandbox.inputs import Inputs
from components.sandbox.orders import Desk, Order
from components.sandbox.places import taken
from components.sandbox.refused import Refused
from components.sandbox.rehearse import Kind
from components.sandbox.served import served
from components.sandbox.tasks import Task

PROVIDER, VERSION = "acme", "v1"
API, MEDIA = "api.acme.dev", "media.acme.dev"
STATES = {"QUEUED": "waiting", "PROCESSING": "working", "COMPLETED": "done", "FAILED": "failed"}
REFUSALS: Mapping[Kind, int] = {"credits": 402, "key": 401, "busy": 429, "server": 500, "lost": 502}


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One mount for each of Acme's hosts."""
    acme = Acme(sandbox)
    by_host = {
        API: [
            Route("/videos", acme.submit, methods=["POST"]),
            Route("/videos/{id}", acme.video),
            Route("/me", acme.me),
        ],
        MEDIA: [Route("/{folder}/{name}", acme.media)],
    }
    handlers = {HTTPException: errors.from_http, errors.Answer: errors.from_answer}
    return [
        Mount(f"/{host}", app=Starlette(routes=own, exception_handlers=handlers)) for host, own in by_host.items()
    ]


class Acme:
    """Its routes."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._inputs = sandbox, Inputs(sandbox.files, MEDIA)

    async def submit(self, request: Request) -> Response:
        body = await json_object(request) or {}
        slug = str(body.get("model", ""))[:100]
        try:
            errors.check_token(request)
            order = await self._order(slug, body)
        except errors.Answer as refused:
            self._sandbox.tasks.refuse(refused.status, slug, VERSION)
            raise
        rehearsal = self._sandbox.rehearsals.next()
        if code := rehearsal.refusal(REFUSALS):
            self._sandbox.tasks.refuse(code, slug, VERSION)
            raise errors.Answer(code)
        task = Task(
            id=str(uuid.uuid4()),
            provider=PROVIDER,
            slug=slug,
            api=VERSION,
            asked=order.plain,
            usd=order.usd,
            scene=order.scenes[0],
            error=rehearsal.fail,
            slow_seconds=rehearsal.slow_seconds,
            created=self._sandbox.tasks.now(),
        )
        self._sandbox.accept(task)
        await self._sandbox.hold(rehearsal.hold_seconds)
        return JSONResponse({"id": task.id})

    async def video(self, request: Request) -> Response:
        errors.check_token(request)
        task = self._sandbox.tasks.get(request.path_params["id"])
        if not task or task.provider != PROVIDER:
            raise errors.Answer(404)
        body = {"state": STATES[task.state]}
        if task.state == "FAILED":
            body["message"] = task.error
        if task.state == "COMPLETED":
            body["url"] = address(request, MEDIA, f"outputs/{task.id}.mp4")
        return JSONResponse(body)

    async def me(self, request: Request) -> Response:
        errors.check_token(request)
        return JSONResponse({"dollars": self._sandbox.balance(PROVIDER)})

    async def media(self, request: Request) -> Response:
        found = self._sandbox.files.find(request.path_params["folder"], request.path_params["name"])
        if not found:
            raise errors.Answer(404)
        return FileResponse(found)

    async def _order(self, slug: str, body: dict[str, Any]) -> Order:
        spec = served(PROVIDER).get(slug)
        if spec is None:
            raise errors.Answer(404)
        try:
            return await asyncio.to_thread(self._read, spec, body)
        except Refused as refused:
            raise errors.Answer(400, str(refused)) from None

    def _read(self, spec: ModelSpec, body: dict[str, Any]) -> Order:
        given = {name: value for name, value in body.items() if name != "model"}
        return Desk(spec, self._inputs).order(taken(spec, given))
