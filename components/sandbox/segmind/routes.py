"""Speaks Segmind's API as documented, errors included. Knows no other provider and does not render.

Sources, all read 2026-11-20: docs.segmind.com/api-reference/async-inference (v2 shapes, FAILED with 422, the
hour a record lives); docs.segmind.com/docs/serverless-api#api-error-codes (error bodies); the PyPI package
segmind 1.3.0 (uploads, credits, request history). Parameters: the catalog.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from components.sandbox.gateway import Sandbox, address, json_object
from components.sandbox.inputs import Inputs, Unusable, from_data_uri
from components.sandbox.orders import Order
from components.sandbox.refused import Refused
from components.sandbox.rehearse import Kind
from components.sandbox.segmind import errors
from components.sandbox.segmind.model import read_order
from components.sandbox.served import served
from components.sandbox.tasks import Task

PROVIDER = "segmind"
API, UPLOADS, MEDIA = "api.segmind.com", "workflows-api.segmind.com", "images.segmind.com"
HISTORY = "api.spotprod.segmind.com"
MOST_ROWS = 100
"""On a page of the history."""
LONGEST = 10_000
"""Letters of a value that the history repeats."""
# What each meaning is answered with; 406 names balance and need.
REFUSALS: Mapping[Kind, int] = {"credits": 406, "key": 401, "busy": 429, "server": 500, "lost": 504}


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One mount for each of Segmind's hosts."""
    segmind = Segmind(sandbox)
    by_host = {
        API: [
            Route("/v1/get-user-credits", segmind.credits),
            Route("/v1/requests/{id}", segmind.response),
            Route("/v2/requests/{id}", segmind.response),
            Route("/v2/requests/{id}/status", segmind.status),
            Route("/{api:str}/{slug}", segmind.submit, methods=["POST"]),
        ],
        UPLOADS: [Route("/upload-asset", segmind.upload, methods=["POST"])],
        MEDIA: [Route("/{folder}/{name}", segmind.media)],
        HISTORY: [
            Route("/inference-request/request-history", segmind.histories),
            Route("/inference-request/request-history/{id}", segmind.history),
        ],
    }
    handlers = {HTTPException: errors.from_http, errors.Answer: errors.from_answer}
    return [
        Mount(f"/{host}", app=Starlette(routes=own, exception_handlers=handlers)) for host, own in by_host.items()
    ]


class Segmind:
    """Its routes."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._inputs = sandbox, Inputs(sandbox.files, MEDIA)

    async def submit(self, request: Request) -> Response:
        """`POST /v1/{slug}` answers with the video itself, `POST /v2/{slug}` with where to ask for it."""
        api, slug = request.path_params["api"], request.path_params["slug"]
        try:
            order, fails, body = await self._order(request, api, slug)
        except errors.Answer as refused:
            self._sandbox.tasks.refuse(refused.status, slug, api)
            raise
        rehearsal = self._sandbox.rehearsals.next()
        if code := rehearsal.refusal(REFUSALS):
            self._sandbox.tasks.refuse(code, slug, api)
            await self._sandbox.hold(rehearsal.hold_seconds)
            raise errors.Answer(code)
        task = Task(
            id=str(uuid.uuid4()),
            provider=PROVIDER,
            slug=slug,
            api=api,
            asked=order.plain,
            sent=_short(body),
            usd=order.usd,
            scene=order.scenes[0],
            error=rehearsal.fail or fails,
            slow_seconds=rehearsal.slow_seconds,
            created=self._sandbox.tasks.now(),
        )
        self._sandbox.accept(task)
        await self._sandbox.hold(rehearsal.hold_seconds)
        return await self._video(task) if api == "v1" else JSONResponse(self._queued(request, task))

    async def status(self, request: Request) -> Response:
        return self._state(request, self._recent(request))

    async def response(self, request: Request) -> Response:
        """The result once there is one; until then what the status route says."""
        task = self._recent(request)
        if task.state != "COMPLETED":
            return self._state(request, task)
        metrics = _metrics(task) | {"remaining_credits": self._balance(), "retry_count": 0}
        metrics |= {} if task.usd is None else {"cost": task.charge}
        output = address(request, MEDIA, f"outputs/{task.id}.mp4")
        return JSONResponse({"status": task.state, "request_id": task.id, "output": output, "metrics": metrics})

    async def history(self, request: Request) -> Response:
        """The account's record of a request; unlike the status it does not expire after an hour."""
        errors.check_key(request)
        task = self._sandbox.tasks.get(request.path_params["id"])
        if not task:
            raise errors.Answer(404, f"Request {request.path_params['id']} not found")
        return JSONResponse(self._record(request, task))

    async def histories(self, request: Request) -> Response:
        """All of the account's requests of a model since a day, the newest first, page by page."""
        errors.check_key(request)
        asked = request.query_params
        try:
            page, size = int(asked.get("page", 1)), int(asked.get("per_page", 20))
            day = datetime.fromisoformat(asked.get("from_date", "1970-01-01"))
        except ValueError:
            raise errors.Answer(400, "page, per_page and from_date must be numbers and a day.") from None
        if page < 1 or not 1 <= size <= MOST_ROWS:
            raise errors.Answer(400, f"per_page must be between 1 and {MOST_ROWS}.")
        found = self._sandbox.tasks.of(PROVIDER, asked.get("model_name", ""))
        known = [task for task in found if task.created >= day.replace(tzinfo=UTC).timestamp()]
        rows = [self._record(request, task) for task in known[(page - 1) * size : page * size]]
        return JSONResponse({"page": page, "per_page": size, "total": len(known), "data": rows})

    def _record(self, request: Request, task: Task) -> dict[str, Any]:
        state = task.state if task.over else "PENDING"
        url = address(request, MEDIA, f"outputs/{task.id}.mp4") if task.state == "COMPLETED" else None
        return {
            "request_id": task.id,
            "model_name": task.slug,
            "status": state,
            "model_status": state,
            "model_created": datetime.fromtimestamp(task.created, UTC).isoformat(),
            "credits_deduction": task.charge,
            "request_body": task.sent,
            "generation_url": url,
        }

    async def credits(self, request: Request) -> Response:
        errors.check_key(request)
        return JSONResponse({"credits": self._balance(), "free-credits": 0.0})

    async def upload(self, request: Request) -> Response:
        """Takes data URIs; answers as the SDK and real clients see it (the page says `urls`)."""
        errors.check_key(request)
        errors.check_content_type(request)
        body = await json_object(request)
        given = body.get("data_urls") if body else None
        if not isinstance(given, list) or not given or not all(isinstance(item, str) for item in given):
            raise errors.Answer(400, "data_urls must be a list of data URIs.")
        try:
            files = [from_data_uri(item) for item in given]
        except Unusable as refused:
            raise errors.Answer(400, f"data_urls: {refused}.") from None
        names = [self._sandbox.files.add_asset(data, media_type) for data, media_type in files]
        urls = [address(request, MEDIA, f"assets/{name}") for name in names]
        return JSONResponse({"file_urls": urls, "message": "Assets uploaded successfully"})

    async def media(self, request: Request) -> Response:
        """The public file host: no key needed, ranges answered."""
        found = self._sandbox.files.find(request.path_params["folder"], request.path_params["name"])
        if not found:
            raise errors.Answer(404, "File not found")
        return FileResponse(found)

    def _balance(self) -> float:
        return self._sandbox.balance(PROVIDER)

    async def _order(self, request: Request, api: str, slug: str) -> tuple[Order, str, Mapping[str, Any]]:
        """The submission in the sandbox's own words, checked in the order in which the provider does."""
        errors.check_key(request)
        spec = served(PROVIDER).get(slug)
        if spec is None or api not in ("v1", "v2"):
            raise errors.Answer(404, f"Model {slug} not found")
        errors.check_content_type(request)
        body = await json_object(request)
        if body is None:
            raise errors.Answer(400, "The body must be a JSON object.")
        try:  # files are decoded: beside the event loop
            order, fails = await asyncio.to_thread(read_order, spec, body, self._inputs, self._sandbox.names(spec))
        except Refused as refused:
            raise errors.Answer(400, str(refused)) from None
        if fails and api == "v1":
            raise errors.Answer(400, fails)
        return order, fails, body

    async def _video(self, task: Task) -> Response:
        """v1's answer: the bytes, with the figures in headers."""
        done = await self._sandbox.finish(task)
        if not done:
            raise errors.Answer(502)
        if done.state == "FAILED":
            raise errors.Answer(500, done.error)
        headers = {
            "x-remaining-credits": str(self._balance()),
            "x-request-id": done.id,
            "x-generation-time": str(_metrics(done)["inference_time"]),
            "x-seed-value": str(_seed(done)),
        }
        headers |= {} if done.usd is None else {"x-cost": str(done.charge)}
        return FileResponse(self._sandbox.files.output(done.id), media_type="video/mp4", headers=headers)

    def _recent(self, request: Request) -> Task:
        errors.check_key(request)
        task = self._sandbox.tasks.recent(request.path_params["id"])
        if not task:
            raise errors.Answer(404, f"Request {request.path_params['id']} not found")
        return task

    def _state(self, request: Request, task: Task) -> Response:
        if task.state == "FAILED":  # a failed job travels with 422, and without billing figures
            return JSONResponse({"status": task.state, "error": task.error, "metrics": _metrics(task)}, 422)
        body = {"status": task.state, "request_id": task.id, "metrics": _metrics(task)}
        return JSONResponse(body if task.over else body | self._urls(request, task))

    def _queued(self, request: Request, task: Task) -> dict[str, Any]:
        legacy = {"poll_url": address(request, API, f"v1/requests/{task.id}")}
        return {"request_id": task.id, "status": "QUEUED"} | legacy | self._urls(request, task)

    @staticmethod
    def _urls(request: Request, task: Task) -> dict[str, str]:
        base = address(request, API, f"v2/requests/{task.id}")
        return {"status_url": f"{base}/status", "response_url": base}


def _short(body: Mapping[str, Any]) -> dict[str, Any]:
    """A request as the history shows it, without the files that lay in it."""
    return {name: value if len(str(value)) <= LONGEST else "" for name, value in body.items()}


def _seed(task: Task) -> int:
    """The seed that was asked for; a model without that parameter draws its own."""
    drawn = int(hashlib.sha256(task.id.encode()).hexdigest()[:8], 16)
    return drawn if task.scene.seed is None else task.scene.seed


def _metrics(task: Task) -> dict[str, float]:
    """Seconds waited, rendered and both; empty until it is over."""
    if not task.over or task.started is None or task.finished is None:
        return {}
    times = {
        "inference_time": task.finished - task.started,
        "queue_time": task.started - task.created,
        "total_time": task.finished - task.created,
    }
    return {name: round(seconds, 3) for name, seconds in times.items()}
