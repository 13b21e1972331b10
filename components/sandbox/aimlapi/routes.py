"""Speaks AI/ML API's video API as documented, errors included. Knows no other provider and does not render.

Source: github.com/aimlapi/api-docs (2026-08-21; OmniHuman's schema, ids `uuid:model`, statuses queued,
generating, completed and error, `meta.usage`, `x-inference-id`, the billing and key routes; the older route by
maker); PyPI langchain-aimlapi 0.1.3 (reads `id`, `status` and `video.url` on that route); Replicate's page of
OmniHuman (the video takes the picture's shape and the sound's length; read 2026-11-20).
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from components.catalog import check
from components.catalog.models.omnihuman_aimlapi import SPEC
from components.sandbox.aimlapi import errors
from components.sandbox.gateway import Sandbox, address, json_object
from components.sandbox.inputs import Inputs, Unusable
from components.sandbox.rehearse import Kind
from components.sandbox.scene import Scene
from components.sandbox.tasks import Task

API, MEDIA = "api.aimlapi.com", "cdn.aimlapi.com"
MODEL = "bytedance/omnihuman"
PATHS = ("/v2/video/generations", "/v2/generate/video/bytedance/generation")
"""Of today, and the older one by maker, which published clients still use; both read and answer alike."""
WORDS = {"QUEUED": "queued", "PROCESSING": "generating", "COMPLETED": "completed", "FAILED": "error"}
# The sandbox charges nothing; the balance only has to look like one.
CREDITS_USED, DOLLARS, CREDITS = 0, 10.0, 20_000_000
FPS, LONGEST_SIDE = 25, 896
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
        try:
            scene = await self._order(request)
        except errors.Answer as refused:
            self._sandbox.tasks.refuse(refused.status, MODEL, "v2")
            raise
        rehearsal = self._sandbox.rehearsals.take()
        if code := rehearsal.refusal(REFUSALS):
            self._sandbox.tasks.refuse(code, MODEL, "v2")
            await self._sandbox.hold(rehearsal.hold_seconds)
            raise errors.Answer(code)
        task = Task(
            id=str(uuid.uuid4()),
            slug=MODEL,
            api="v2",
            asked={"model": MODEL},
            scene=scene,
            error=rehearsal.fail,
            slow_seconds=rehearsal.slow_seconds,
            created=self._sandbox.tasks.now(),
        )
        self._sandbox.accept(task)
        await self._sandbox.hold(rehearsal.hold_seconds)
        return _told(task, {"meta": _usage()}, 201)

    async def state(self, request: Request) -> Response:
        errors.check_key(request)
        named = request.query_params.get("generation_id")
        if not named:
            raise errors.Answer(400, "Query validation error: generation_id is missing")
        task = self._sandbox.tasks.get(named.partition(":")[0])
        if not task or named != _public_id(task) or task.slug != MODEL:
            raise errors.Answer(404, "Generation not found")
        if task.state == "FAILED":
            return _told(task, {"error": {"name": "GenerationError", "message": task.error}})
        if task.state == "COMPLETED":
            url = address(request, MEDIA, f"outputs/{task.id}.mp4")
            return _told(task, {"video": {"url": url}, "meta": _usage()})
        return _told(task, {})

    async def billing(self, request: Request) -> Response:
        errors.check_key(request)
        return JSONResponse({"current_balance": DOLLARS, "currency": "USD"})

    async def balance(self, request: Request) -> Response:
        """The older route, which counts in credits."""
        errors.check_key(request)
        return JSONResponse(
            {
                "balance": CREDITS,
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

    async def _order(self, request: Request) -> Scene:
        """The submission in the sandbox's own words."""
        errors.check_key(request)
        body = await json_object(request)
        if body is None:
            raise errors.invalid("the body must be a JSON object")
        model = body.pop("model", None)
        if not isinstance(model, str):
            raise errors.invalid("model is missing")
        if model != MODEL:
            raise errors.Answer(404, "Model not found")
        _check(body)
        return await asyncio.to_thread(self._scene, body)  # files are decoded: beside the event loop

    def _scene(self, body: Mapping[str, str]) -> Scene:
        portrait = _file("image_url", self._inputs.portrait, body)
        voice = _file("audio_url", self._inputs.voice, body)
        width, height = fit(*self._inputs.size(portrait))
        return Scene(
            prompt="warm light",  # nobody is asked for words; these leave skin and room their colours
            portrait=portrait,
            voice=voice,
            width=width,
            height=height,
            frames=max(1, round(self._inputs.seconds(voice) * FPS)),
            fps=FPS,
            mouth=0.6,
            mood=0.0,
            detail=1.0,
        )


def fit(width: int, height: int) -> tuple[int, int]:
    """The clip's size: the picture's shape in even numbers, its longest side as on AI/ML API's samples."""
    scale = LONGEST_SIDE / max(width, height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _check(body: Mapping[str, Any]) -> None:
    known = SPEC.parameters()
    unknown = [name for name in body if name not in known]
    if unknown:
        raise errors.invalid(f"{SPEC.name} has no parameter called {unknown[0]!r}")
    for name in known:
        problem = check.check_value(SPEC, name, body.get(name))
        if problem:
            raise errors.invalid(problem)
    for name in SPEC.address_only:
        if not body[name].startswith(("https://", "http://")):
            raise errors.invalid(f"{name} must be the URL of an audio file")


def _file(name: str, read: Callable[[str], str], body: Mapping[str, str]) -> str:
    try:
        return read(body[name])
    except Unusable as refused:
        raise errors.invalid(f"{name}: {refused}") from None


def _told(task: Task, more: Mapping[str, Any], status: int = 200) -> Response:
    """A generation as its routes tell it; the header names the charge."""
    body = {"id": _public_id(task), "status": WORDS[task.state]} | dict(more)
    return JSONResponse(body, status, {"x-inference-id": task.id})


def _public_id(task: Task) -> str:
    return f"{task.id}:{MODEL}"


def _usage() -> dict[str, Any]:
    return {"usage": {"credits_used": CREDITS_USED}}


def _stamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
