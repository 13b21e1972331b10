"""What each of Runware's tasks does and answers, whichever way it came. Knows no HTTP, no socket, no rendering.

Sources, read 2026-11-20: runware.ai/docs/platform (task-polling, media-storage, account-management, errors,
webhooks), github.com/Runware/ComfyUI-Runware (authentication as the first task); PyPI runware 0.5.24 (reads
`imageURL` of an uploaded image). Parameters of models: the catalog.
A rehearsed failure of a request for several videos fails the last of them only.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import HTTPConnection

from components.sandbox.gateway import Sandbox, address, reached
from components.sandbox.inputs import Unusable
from components.sandbox.orders import Order
from components.sandbox.rehearse import Kind, Rehearsal
from components.sandbox.runware import errors
from components.sandbox.runware.errors import Problem
from components.sandbox.runware.media import HOST as MEDIA
from components.sandbox.runware.media import Media, is_v4
from components.sandbox.runware.order import PROVIDER, read_order
from components.sandbox.tasks import Task
from components.sandbox.webhooks import allowed

VERSION = "v1"
NUMBER_LENGTH, LONGEST_NAME = 36, 100
# What each meaning is answered with; the error's own code says the rest.
REFUSALS: Mapping[Kind, int] = {"credits": 402, "key": 401, "busy": 429, "server": 500, "lost": 504}
JSON = dict[str, Any]
Found = tuple[list[JSON], list[JSON]]
"""Items of `data`, and of `errors`."""


class Runware:
    """All kinds of tasks."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._media = sandbox, Media(sandbox.files)
        self._kinds: dict[str, Callable[[HTTPConnection, JSON], Awaitable[Found]]] = {
            "videoInference": self._generate,
            "getResponse": self._response,
            "getTaskDetails": self._details,
            "mediaStorage": self._store,
            "imageUpload": self._upload_image,
            "accountManagement": self._account,
            "authentication": self._authenticated,
        }

    async def answer(self, by: HTTPConnection, task: Any) -> tuple[int, JSON]:
        """The code and the envelope that one task is answered with."""
        try:
            data, problems = await self._one(by, task)
        except Problem as refused:
            return refused.status, {"errors": [refused.json(task)]}
        body = {"data": data} if data or not problems else {}
        return 200, body | ({"errors": problems} if problems else {})

    def message(self, video: Task) -> JSON:
        """The envelope that a webhook gets about one finished video, or about its failure."""
        about = {"taskType": "videoInference", "taskUUID": video.id[:NUMBER_LENGTH]}
        if video.state == "FAILED":
            return {"errors": [_failure(video, about)]}
        return {"data": [about | _result(video.reached, video)]}

    async def _one(self, by: HTTPConnection, task: Any) -> Found:
        kind = kind_of(task)
        if not isinstance(kind, str) or kind not in self._kinds:
            raise Problem("invalidTaskType", f"Unknown taskType {kind!r}.", "taskType", kind="string")
        number = task.get("taskUUID")
        if kind != "authentication" and not is_v4(number):
            code = "missingTaskUUID" if number is None else "invalidTaskUUID"
            raise Problem(code, "taskUUID must be a version 4 UUID.", "taskUUID", kind="string")
        return await self._kinds[kind](by, task)

    async def _generate(self, by: HTTPConnection, task: JSON) -> Found:
        """The one task that is paid for."""
        slug = str(task.get("model", ""))[:LONGEST_NAME]
        try:
            order = await self._order(task)
        except Problem as refused:
            self._sandbox.tasks.refuse(refused.status, slug, VERSION)
            raise
        rehearsal = self._sandbox.rehearsals.next()
        if code := rehearsal.refusal(REFUSALS):
            self._sandbox.tasks.refuse(code, slug, VERSION)
            await self._sandbox.hold(rehearsal.hold_seconds)
            raise errors.rehearsed(code)
        self._sandbox.accept(*self._videos(by, task, order, rehearsal))
        await self._sandbox.hold(rehearsal.hold_seconds)
        return [{"taskType": "videoInference", "taskUUID": task["taskUUID"]}], []

    def _videos(self, by: HTTPConnection, task: JSON, order: Order, rehearsal: Rehearsal) -> list[Task]:
        """One a take; what is asked for is kept as it came, but for the files."""
        first = Task(
            id=_video_id(task["taskUUID"], 0),
            provider=PROVIDER,
            slug=task["model"],
            api=VERSION,
            asked={name: value for name, value in task.items() if name != "inputs"},
            takes=len(order.scenes),
            usd=order.usd,
            scene=order.scenes[0],
            slow_seconds=rehearsal.slow_seconds,
            created=self._sandbox.tasks.now(),
            webhook=allowed(by, task.get("webhookURL")),
            upload=allowed(by, task.get("uploadEndpoint")),
            reached=reached(by),
        )
        videos = [
            first.model_copy(update={"id": _video_id(task["taskUUID"], place), "scene": scene})
            for place, scene in enumerate(order.scenes)
        ]
        return [*videos[:-1], videos[-1].model_copy(update={"error": rehearsal.fail})]

    async def _order(self, task: JSON) -> Order:
        order = await asyncio.to_thread(read_order, task, self._media)  # files are decoded: beside the event loop
        if self._sandbox.tasks.get(_video_id(task["taskUUID"], 0)):
            raise _used()
        return order

    async def _response(self, by: HTTPConnection, task: JSON) -> Found:
        videos = self._made(task["taskUUID"])
        if not videos or not self._sandbox.tasks.recent(videos[0].id):
            raise _unknown()
        return self._results(by, task["taskUUID"], videos)

    async def _details(self, by: HTTPConnection, task: JSON) -> Found:
        """The archive, which outlives the answers to polling."""
        videos = self._made(task["taskUUID"])
        if not videos:
            raise _unknown()
        data, failed = self._results(by, task["taskUUID"], videos)
        asked = {"taskType": "videoInference", "taskUUID": task["taskUUID"]} | videos[0].asked
        kept = {"request": [asked], "response": {"data": data} | ({"errors": failed} if failed else {})}
        return [{"taskType": "getTaskDetails", "taskUUID": task["taskUUID"]} | kept], []

    def _made(self, number: str) -> list[Task]:
        first = self._sandbox.tasks.get(_video_id(number, 0))
        places = range(first.takes) if first else ()
        return [video for place in places if (video := self._sandbox.tasks.get(_video_id(number, place)))]

    def _results(self, by: HTTPConnection, number: str, videos: list[Task]) -> Found:
        """An item for each finished video, one for all that are still made, an error for each that failed."""
        about = {"taskType": "videoInference", "taskUUID": number}
        data = [about | _result(reached(by), video) for video in videos if video.state == "COMPLETED"]
        if not all(video.over for video in videos):
            data.append(about | {"status": "processing"})
        return data, [_failure(video, about) for video in videos if video.state == "FAILED"]

    async def _store(self, by: HTTPConnection, task: JSON) -> Found:
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
        number, name = await self._keep(task, media, "media")
        return [about | {"mediaUUID": number, "mediaURL": address(by, MEDIA, f"assets/{name}")}], []

    async def _upload_image(self, by: HTTPConnection, task: JSON) -> Found:
        """The older way for pictures, which published clients still go."""
        image = task.get("image")
        if not isinstance(image, str) or not image:
            raise Problem("missingImage", "image must be a string.", "image", kind="string")
        number, name = await self._keep(task, image, "image")
        about = {"taskType": "imageUpload", "taskUUID": task["taskUUID"]}
        return [about | {"imageUUID": number, "imageURL": address(by, MEDIA, f"assets/{name}")}], []

    async def _keep(self, task: JSON, media: str, parameter: str) -> tuple[str, str]:
        """An upload uses its number up, whatever becomes of it."""
        if not self._sandbox.tasks.use_number(task["taskUUID"].lower()):
            raise _used()
        try:
            return await asyncio.to_thread(self._media.store, media)
        except Unusable as refused:
            said = f"{parameter}: {str(refused).rstrip('.')}."
            raise Problem(f"invalid{parameter.capitalize()}", said, parameter) from None

    async def _account(self, _: HTTPConnection, task: JSON) -> Found:
        if task.get("operation") != "getDetails":
            raise Problem("invalidOperation", "operation must be getDetails.", "operation", kind="string")
        figures = {
            "credits": self._sandbox.tasks.spent(PROVIDER),
            "requests": len(self._sandbox.tasks.ledger()["paid"]),
        }
        details = {
            "organizationUUID": "00000000-0000-4000-8000-000000000000",
            "organizationName": "Sandbox",
            "AIRSource": "sandbox",
            "balance": self._sandbox.balance(PROVIDER),
            "team": [{"name": "Somebody", "email": "somebody@example.com", "roles": ["admin"]}],
            "apiKeys": [{"name": "sandbox", "apiKey": "****sandbox", "enabled": True}],
            "usage": dict.fromkeys(("total", "today", "last7Days", "last30Days"), figures),
        }
        about = {name: task[name] for name in ("taskType", "taskUUID", "operation")}
        return [about | details], []

    async def _authenticated(self, _: HTTPConnection, task: JSON) -> Found:
        """A session has a number, and keeps it where a client comes back with it."""
        session = task.get("connectionSessionUUID")
        number = session if is_v4(session) else str(uuid.uuid4())
        return [{"taskType": "authentication", "connectionSessionUUID": number}], []


def read_tasks(body: bytes | str) -> list[Any]:
    """The array of tasks that every message is.

    Raises:
        Problem: it is none.
    """
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem("invalidJSON", "The body must be JSON.") from None
    if not isinstance(given, list) or not given:
        raise Problem("invalidRequest", "The body must be an array of tasks.", kind="array")
    return given


def kind_of(task: Any) -> Any:
    """What a task says that it is."""
    return task.get("taskType") if isinstance(task, dict) else None


def check_key(key: Any) -> None:
    """Any key but `invalid` is good.

    Raises:
        Problem: it is missing or bad.
    """
    if not isinstance(key, str) or not key.strip():
        raise Problem("missingApiKey", "An API key is missing.", "apiKey", status=401)
    if key.strip() == "invalid":
        code, message = errors.REHEARSED[401]
        raise Problem(code, message, "apiKey", status=401)


def _result(at: str, video: Task) -> JSON:
    digest = hashlib.sha256(video.id.encode()).hexdigest()
    drawn = int(digest[:8], 16)
    item = {
        "status": "success",
        "videoUUID": str(uuid.UUID(hex=digest[:32], version=4)),
        "videoURL": address(at, MEDIA, f"video/{video.id}.{video.scene.container}"),
        "seed": drawn if video.scene.seed is None else video.scene.seed,
    }
    priced = video.asked.get("includeCost") and video.usd is not None
    return item | ({"cost": video.charge} if priced else {})


def _failure(video: Task, about: JSON) -> JSON:
    return Problem("providerError", video.error).json(about) | {"status": "error"}


def _video_id(number: str, place: int) -> str:
    return number.lower() + (f"-{place}" if place else "")


def _used() -> Problem:
    return Problem("conflictTaskUUID", "A task with this taskUUID exists already.", "taskUUID")


def _unknown() -> Problem:
    return Problem("taskNotFound", "There is no task with this taskUUID.", "taskUUID", status=404)
