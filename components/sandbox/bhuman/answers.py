"""The form of the sandbox's BHuman answers, the reading of its bodies, and its media host. Knows no route's rules.

Sources: recorded answers in github.com/mindcloud-inc/universal-api-reference (`{"code", "result"}` around
everything); README of github.com/bhuman-ai/public_api, June 2026 (the media host's name).
"""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from components.sandbox.bhuman import errors, stock
from components.sandbox.bhuman.pictures import draw_thumbnail
from components.sandbox.gateway import Sandbox, address, json_object

MEDIA = "assets.bhuman.ai"
LONGEST_WORDS = 120


def wrapped(result: Any) -> Response:
    """Every answer is wrapped."""
    return JSONResponse({"code": 200, "result": result})


async def read_body(request: Request, shape: type[Any]) -> Any:
    """The body in the shape that is asked for; 422 where it has another."""
    body = await json_object(request)
    if body is None:
        raise errors.Answer(422, "Failed to parse the request body as JSON")
    try:
        return shape.model_validate(body)
    except ValidationError as refused:
        first = refused.errors()[0]
        where = ".".join(map(str, first["loc"]))
        text = f"missing field `{where}`" if first["type"] == "missing" else f"{where}: {first['msg']}"
        raise errors.Answer(422, f"Failed to deserialize: {text}") from None


def shown(request: Request, record: stock.JSON) -> stock.JSON:
    """A template or product with the address of its picture."""
    return record | {"thumbnail": picture_url(request, record["thumbnail"])}


def picture_url(at: HTTPConnection | str, words: str) -> str:
    return address(at, MEDIA, f"pictures/{quote(words[:LONGEST_WORDS], safe='')}.jpg")


def stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def media_routes(sandbox: Sandbox) -> list[BaseRoute]:
    """The public host of videos and pictures: no key needed, ranges answered."""

    async def picture(request: Request) -> Response:
        """Drawn when it is first looked at."""
        words = request.path_params["words"].removesuffix(".jpg")[:LONGEST_WORDS]
        target = sandbox.files.asset(f"bhuman-{uuid.uuid5(stock.SPACE, words).hex}.jpg")
        if not target.is_file():
            data = await asyncio.to_thread(draw_thumbnail, words)
            draft = target.with_suffix(f".{uuid.uuid4().hex}.draft")
            draft.write_bytes(data)
            draft.replace(target)
        return FileResponse(target, media_type="image/jpeg")

    async def output(request: Request) -> Response:
        found = sandbox.files.find("outputs", request.path_params["name"])
        if not found:
            raise errors.Answer(404, "File not found")
        return FileResponse(found)

    return [Route("/pictures/{words:path}", picture), Route("/outputs/{name}", output)]
