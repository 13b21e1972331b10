"""`/api/v1`, the door for programs: the same studio as the pages have, with a token in place of a sign-in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from components.errors import NotFound
from components.routes.api import account, assets, generations, models, outputs
from components.routes.api.answers import HEADERS, refusal
from components.routes.api.openapi import document
from components.routes.api.operations import BASE, Operation, route

OPERATIONS: tuple[Operation, ...] = (
    *account.OPERATIONS,
    *models.OPERATIONS,
    *assets.OPERATIONS,
    *generations.OPERATIONS,
    *outputs.OPERATIONS,
)
OPENAPI = document(OPERATIONS)


async def openapi(_: Request) -> Response:
    """The document, to everybody: it says nothing of this studio."""
    return Response(OPENAPI, headers=HEADERS, media_type="application/json")


async def unknown(_: Request) -> Response:
    """404 as JSON: a program looks there for the reason."""
    return refusal(NotFound("There is nothing at this address.", f"See {BASE}/openapi.json."))


ROUTES: list[BaseRoute] = [
    *(route(one) for one in OPERATIONS),
    Route(BASE + "/openapi.json", openapi, methods=["GET"]),
    Route(BASE + "/{rest:path}", unknown, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
]
