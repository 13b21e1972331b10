"""Speaks Runware's API as documented, errors included. Knows no other provider and does not render.

Sources, read 2026-11-20: runware.ai/docs/platform (task-polling, media-storage, account-management, errors),
github.com/Runware/ComfyUI-Runware (authentication as the first task), the scope's page of `bytedance:5@1`.
A rehearsed failure of a request for several videos fails the last of them only.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.responses import JSONResponse as Json
from starlette.routing import BaseRoute, Mount, Route

from components.sandbox import runware_errors as errors
from components.sandbox.gateway import Sandbox, address
from components.sandbox.inputs import Unusable
from components.sandbox.rehearse import Kind
from components.sandbox.runware_errors import Problem
from components.sandbox.runware_media import HOST as MEDIA
from components.sandbox.runware_media import Media, is_v4
from components.sandbox.runware_omnihuman import MODEL, Order, read_order
from components.sandbox.tasks import Task

API, VERSION = "api.runware.ai", "v1"
# The sandbox charges nothing; the balance only has to look like one.
COST, BALANCE = 0.0, 10.0
# What each meaning is answered with; the error's own code says the rest.
REFUSALS: Mapping[Kind, int] = {"credits": 402, "key": 401, "busy": 429, "server": 500, "lost": 504}
VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime"}
JSON = dict[str, Any]
Found = tuple[list[JSON], list[JSON]]
"""Items of `data`, and of `errors`."""


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One mount for each of Runware's hosts."""
    runware = Runware(sandbox)
    by_host = {
        API: [Route("/v1", runware.tasks, methods=["POST"])],
        MEDIA: [Route("/video/{name}", runware.video), Route("/assets/{name}", runware.asset)],
    }
    handlers = {HTTPException: errors.from_http}
    return [
        Mount(f"/{host}", app=Starlette(routes=own, exception_handlers=handlers)) for host, own in by_host.items()
    ]


class Runware:
    """Its one route, and its media host."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._media = sandbox, Media(sandbox.files)
        self._kinds: dict[str, Callable[[Request, JSON], Awaitable[Found]]] = {
            "videoInference": self._generate,
            "getResponse": self._response,
            "getTaskDetails": self._details,
            "mediaStorage": self._store,
            "imageUpload": self._upload_image,
            "accountManagement": self._account,
            "authentication": self._authenticated,
        }

    async def tasks(self, request: Request) -> Response:
        """`POST /v1`: an array of tasks, each answered by itself."""
        try:
            given = _array(await request.body())
            _check_key(request, given)
        except Problem as refused:
            return errors.refused(refused)
        data: list[JSON] = []
        problems: list[JSON] = []
        status = 200
        for task in given:
            try:
                made, failed = await self._one(request, task)
            except Problem as refused:
                made, failed, status = [], [refused.json(task)], refused.status
            data, problems = data + made, problems + failed
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

    async def _one(self, request: Request, task: Any) -> Found:
        kind = task.get("taskType") if isinstance(task, dict) else None
        if not isinstance(kind, str) or kind not in self._kinds:
            raise Problem("invalidTaskType", f"Unknown taskType {kind!r}.", "taskType", kind="string")
        number = task.get("taskUUID")
        if kind != "authentication" and not is_v4(number):
            code = "missingTaskUUID" if number is None else "invalidTaskUUID"
            raise Problem(code, "taskUUID must be a version 4 UUID.", "taskUUID", kind="string")
        return await self._kinds[kind](request, task)

    async def _generate(self, _: Request, task: JSON) -> Found:
        """The one task that is paid for."""
        try:
            order = await self._order(task)
        except Problem as refused:
            self._sandbox.tasks.refuse(refused.status, MODEL, VERSION)
            raise
        rehearsal = self._sandbox.rehearsals.take()
        if code := rehearsal.refusal(REFUSALS):
            self._sandbox.tasks.refuse(code, MODEL, VERSION)
            await self._sandbox.hold(rehearsal.hold_seconds)
            raise errors.rehearsed(code)
        takes = [
            Task(
                id=_take_id(task["taskUUID"], place),
                slug=MODEL,
                api=VERSION,
                asked=order.asked,
                scene=scene,
                error=rehearsal.fail if place == len(order.scenes) - 1 else "",
                slow_seconds=rehearsal.slow_seconds,
                created=self._sandbox.tasks.now(),
            )
            for place, scene in enumerate(order.scenes)
        ]
        self._sandbox.accept(*takes)
        await self._sandbox.hold(rehearsal.hold_seconds)
        return [{"taskType": "videoInference", "taskUUID": task["taskUUID"]}], []

    async def _order(self, task: JSON) -> Order:
        order = await asyncio.to_thread(read_order, task, self._media)  # files are decoded: beside the event loop
        if self._sandbox.tasks.get(_take_id(task["taskUUID"], 0)):
            raise Problem("conflictTaskUUID", "A task with this taskUUID exists already.", "taskUUID")
        return order

    async def _response(self, request: Request, task: JSON) -> Found:
        takes = self._takes(task["taskUUID"])
        if not takes or not self._sandbox.tasks.recent(takes[0].id):
            raise _unknown()
        return self._results(request, task["taskUUID"], takes)

    async def _details(self, request: Request, task: JSON) -> Found:
        """The archive, which outlives the answers to polling."""
        takes = self._takes(task["taskUUID"])
        if not takes:
            raise _unknown()
        data, failed = self._results(request, task["taskUUID"], takes)
        asked = {"taskType": "videoInference", "taskUUID": task["taskUUID"]} | takes[0].asked
        kept = {"request": [asked], "response": {"data": data} | ({"errors": failed} if failed else {})}
        return [{"taskType": "getTaskDetails", "taskUUID": task["taskUUID"]} | kept], []

    def _takes(self, number: str) -> list[Task]:
        first = self._sandbox.tasks.get(_take_id(number, 0))
        places = range(first.asked.get("numberResults", 1)) if first else ()
        return [take for place in places if (take := self._sandbox.tasks.get(_take_id(number, place)))]

    def _results(self, request: Request, number: str, takes: list[Task]) -> Found:
        """An item for each finished video, one for all that are still made, an error for each that failed."""
        about = {"taskType": "videoInference", "taskUUID": number}
        data = [about | self._result(request, take) for take in takes if take.state == "COMPLETED"]
        if not all(take.over for take in takes):
            data.append(about | {"status": "processing"})
        failed = [Problem("providerError", take.error) for take in takes if take.state == "FAILED"]
        return data, [problem.json(about) | {"status": "error"} for problem in failed]

    def _result(self, request: Request, take: Task) -> JSON:
        digest = hashlib.sha256(take.id.encode()).hexdigest()
        item = {
            "status": "success",
            "videoUUID": str(uuid.UUID(hex=digest[:32], version=4)),
            "videoURL": address(request, MEDIA, f"video/{take.id}.{take.scene.container}"),
            "seed": int(digest[:8], 16),
        }
        return item | ({"cost": COST} if take.asked.get("includeCost") else {})

    async def _store(self, request: Request, task: JSON) -> Found:
        operation, media = task.get("operation"), task.get("media")
        if operation not in ("upload", "delete"):
            raise Problem("invalidOperation", "operation must be upload or delete.", "operation", kind="string")
        if not isinstance(media, str) or not media:
            raise Problem("missingMedia", "media must be a string.", "media", kind="string")
        about = {"taskType": "mediaStorage", "taskUUID": task["taskUUID"], "operation": operation}
        if operation == "delete":  # the sandbox keeps it: the same content may be another's upload too
            if not self._media.has(media):
                raise Problem("mediaNotFound", "There is no media with this UUID.", "media", status=404)
            return [about | {"mediaUUID": media}], []
        number, name = await self._keep(media, "media")
        return [about | {"mediaUUID": number, "mediaURL": address(request, MEDIA, f"assets/{name}")}], []

    async def _upload_image(self, _: Request, task: JSON) -> Found:
        """The older way for pictures, which published clients still go."""
        image = task.get("image")
        if not isinstance(image, str) or not image:
            raise Problem("missingImage", "image must be a string.", "image", kind="string")
        number, _name = await self._keep(image, "image")
        return [{"taskType": "imageUpload", "taskUUID": task["taskUUID"], "imageUUID": number}], []

    async def _keep(self, media: str, parameter: str) -> tuple[str, str]:
        try:
            return await asyncio.to_thread(self._media.store, media)
        except Unusable as refused:
            said = f"{parameter}: {str(refused).rstrip('.')}."
            raise Problem(f"invalid{parameter.capitalize()}", said, parameter) from None

    async def _account(self, _: Request, task: JSON) -> Found:
        if task.get("operation") != "getDetails":
            raise Problem("invalidOperation", "operation must be getDetails.", "operation", kind="string")
        figures = {"credits": COST, "requests": len(self._sandbox.tasks.ledger()["paid"])}
        details = {
            "organizationUUID": "00000000-0000-4000-8000-000000000000",
            "organizationName": "Sandbox",
            "AIRSource": "sandbox",
            "balance": BALANCE,
            "team": [{"name": "Somebody", "email": "somebody@example.com", "roles": ["admin"]}],
            "apiKeys": [{"name": "sandbox", "apiKey": "****sandbox", "enabled": True}],
            "usage": dict.fromkeys(("total", "today", "last7Days", "last30Days"), figures),
        }
        about = {name: task[name] for name in ("taskType", "taskUUID", "operation")}
        return [about | details], []

    async def _authenticated(self, _: Request, __: JSON) -> Found:
        return [{"taskType": "authentication", "connectionSessionUUID": str(uuid.uuid4())}], []


def _array(body: bytes) -> list[Any]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem("invalidJSON", "The body must be JSON.") from None
    if not isinstance(given, list) or not given:
        raise Problem("invalidRequest", "The body must be an array of tasks.", kind="array")
    return given


def _check_key(request: Request, given: list[Any]) -> None:
    """Any key but `invalid` is good: as a bearer token, or in an authentication task that comes first."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    first = given[0] if isinstance(given[0], dict) else {}
    if first.get("taskType") == "authentication":
        scheme, key = "bearer", str(first.get("apiKey") or "")
    if scheme.lower() != "bearer" or not key.strip():
        raise Problem("missingApiKey", "An API key is missing.", "apiKey", status=401)
    if key.strip() == "invalid":
        code, message = errors.REHEARSED[401]
        raise Problem(code, message, "apiKey", status=401)


def _take_id(number: str, place: int) -> str:
    return number.lower() + (f"-{place}" if place else "")


def _unknown() -> Problem:
    return Problem("taskNotFound", "There is no task with this taskUUID.", "taskUUID", status=404)
