"""Says that an address of programs leads nowhere. Knows no route."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


async def missing(_: Request) -> Response:
    """404 in plain words."""
    return PlainTextResponse("There is nothing at this address.", status_code=404)
