"""`/api/v1`, the door for programs: the same studio as the pages have, with a token in place of a sign-in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from components.errors import NotFound
from components.routes.api import generations
from components.routes.api.answers import refusal
from components.routes.api.operations import BASE, route

OPERATIONS = (*generations.OPERATIONS,)


async def unknown(_: Request) -> Response:
    """404 as JSON: a program looks there for the reason."""
    return refusal(NotFound("There is nothing at this address.", f"See {BASE}/openapi.json."))


ROUTES: list[BaseRoute] = [
    *(route(one) for one in OPERATIONS),
    Route(BASE + "/{rest:path}", unknown, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
]
