"""Speaks AI/ML API's video API as documented, errors included. Knows no other provider and does not render.

Source: github.com/aimlapi/api-docs (2026-08-21; ids `uuid:model`, statuses queued, generating, completed and
error, `meta.usage`, `x-inference-id`, the billing and key routes; the older route by maker); PyPI
langchain-aimlapi 0.1.3 (reads `id`, `status` and `video.url` on that route). Parameters: the catalog.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from components.catalog.spec import ModelSpec
from components.sandbox.aimlapi import errors
from components.sandbox.gateway import Sandbox, address, json_object
from components.sandbox.inputs import Inputs
from components.sandbox.orders import Desk, Order
from components.sandbox.places import taken
from components.sandbox.refused import Refused
from components.sandbox.rehearse import Kind
from components.sandbox.served import served
from components.sandbox.tasks import Task

PROVIDER = "aimlapi"
API, MEDIA = "api.aimlapi.com", "cdn.aimlapi.com"
PATHS = ("/v2/video/generations", "/v2/generate/video/{maker}/generation")
"""Of today, and the older one by maker, which published clients still use; both read and answer alike."""
WORDS = {"QUEUED": "queued", "PROCESSING": "generating", "COMPLETED": "completed", "FAILED": "error"}
CREDITS_PER_DOLLAR = 2_000_000
LONGEST_NAME, VERSION = 100, "v2"
# What each meaning is answered with; an empty balance is a 403 here.
REFUSALS: Mapping[Kind, int] = {"credits": 403, "key": 401, "busy": 429, "server": 500, "lost": 504}


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One mount for each of AI/ML API's hosts."""
    aimlapi = AimlApi(sandbox)
    by_host = {
        API: [
            *(Route(path, aimlapi.submit, methods=["POST"]) for path in PATHS),
            *(Route(path, aimlapi.state, methods=["GET"]) for path in PATHS),
            Route("/v2/billing", aimlapi.billing),
            Route("/v1/billing/balance", aimlapi.balance),
            Route("/v1/key", aimlapi.key),
        ],
        MEDIA: [Route("/{folder}/{name}", aimlapi.media)],
    }
    handlers = {HTTPException: errors.from_http, errors.Answer: errors.from_answer}
    return [
        Mount(f"/{host}", app=Starlette(routes=own, exception_handlers=handlers)) for host, own in by_host.items()
    ]


class AimlApi:
    """Its routes."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._inputs = sandbox, Inputs(sandbox.files, MEDIA)

    async def submit(self, request: Request) -> Response:
        body = await json_object(request)
        slug = str((body or {}).get("model", ""))[:LONGEST_NAME]
        try:
            order = await self._order(request, body)
        except errors.Answer as refused:
            self._sandbox.tasks.refuse(refused.status, slug, VERSION)
            raise
        rehearsal = self._sandbox.rehearsals.next()
        if code := rehearsal.refusal(REFUSALS):
            self._sandbox.tasks.refuse(code, slug, VERSION)
            await self._sandbox.hold(rehearsal.hold_seconds)
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
        return _shown(task, _usage(task), 201)

    async def state(self, request: Request) -> Response:
        errors.check_key(request)
        _check_maker(request)
        named = request.query_params.get("generation_id")
        if not named:
            raise errors.Answer(400, "Query validation error: generation_id is missing")
        task = self._sandbox.tasks.get(named.partition(":")[0])
        if not task or named != _public_id(task) or task.provider != PROVIDER:
            raise errors.Answer(404, "Generation not found")
        if task.state == "FAILED":
            return _shown(task, {"error": {"name": "GenerationError", "message": task.error}})
        if task.state == "COMPLETED":
            url = address(request, MEDIA, f"outputs/{task.id}.mp4")
            return _shown(task, {"video": {"url": url}} | _usage(task))
        return _shown(task, {})

    async def billing(self, request: Request) -> Response:
        errors.check_key(request)
        return JSONResponse({"current_balance": self._sandbox.balance(PROVIDER), "currency": "USD"})

    async def balance(self, request: Request) -> Response:
        """The older route, which counts in credits."""
        errors.check_key(request)
        return JSONResponse(
            {
                "balance": round(self._sandbox.balance(PROVIDER) * CREDITS_PER_DOLLAR),
                "lowBalance": False,
                "lowBalanceThreshold": 10_000,
                "lastUpdated": _stamp(self._sandbox.tasks.now()),
                "autoDebitStatus": "disabled",
                "status": "current",
                "statusExplanation": "Balance is current and up to date",
            }
        )

    async def key(self, request: Request) -> Response:
        errors.check_key(request)
        stamp = _stamp(self._sandbox.tasks.now())
        return JSONResponse(
            {
                "data": {
                    "name": "sandbox",
                    "disabled": False,
                    "prefix": "sandbox",
                    "scopes": ["model:video"],
                    "limit": {"retention": None, "threshold": None},
                    "created_at": stamp,
                    "updated_at": stamp,
                    "monthly_usage": 0,
                }
            }
        )

    async def media(self, request: Request) -> Response:
        """The public file host: no key needed, ranges answered."""
        found = self._sandbox.files.find(request.path_params["folder"], request.path_params["name"])
        if not found:
            raise errors.Answer(404)
        return FileResponse(found)

    async def _order(self, request: Request, body: dict[str, Any] | None) -> Order:
        """The submission in the sandbox's own words."""
        errors.check_key(request)
        if body is None:
            raise errors.invalid("the body must be a JSON object")
        model = body.get("model")
        if not isinstance(model, str):
            raise errors.invalid("model is missing")
        spec = served(PROVIDER).get(model)
        _check_maker(request)
        if spec is None or request.path_params.get("maker", _maker(spec)) != _maker(spec):
            raise errors.Answer(404, "Model not found")
        try:
            return await asyncio.to_thread(self._read, spec, body)  # files are decoded: beside the event loop
        except Refused as refused:
            raise errors.invalid(str(refused)) from None

    def _read(self, spec: ModelSpec, body: dict[str, Any]) -> Order:
        if "model" not in map(spec.wire, spec.parameters()):  # else it chooses among several
            del body["model"]
        return Desk(spec, self._inputs).order(taken(spec, body))


def _maker(spec: ModelSpec) -> str:
    """Whose model it is, as the older route says it."""
    return spec.slug.partition("/")[0]


def _check_maker(request: Request) -> None:
    """The older route is there for makers of which a model is served.

    Raises:
        Answer: 404.
    """
    maker = request.path_params.get("maker")
    if maker is not None and maker not in map(_maker, served(PROVIDER).values()):
        raise errors.Answer(404)


def _shown(task: Task, more: Mapping[str, Any], status: int = 200) -> Response:
    """A generation as its routes show it; the header names the charge."""
    body = {"id": _public_id(task), "status": WORDS[task.state]} | dict(more)
    return JSONResponse(body, status, {"x-inference-id": task.id})


def _public_id(task: Task) -> str:
    return f"{task.id}:{task.slug}"


def _usage(task: Task) -> dict[str, Any]:
    """What it costs, which is said from the start; nothing where no price is known."""
    if task.usd is None:
        return {}
    return {"meta": {"usage": {"credits_used": round(task.usd * CREDITS_PER_DOLLAR)}}}


def _stamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
