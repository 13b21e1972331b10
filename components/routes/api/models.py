"""Models over `/api/v1`: what each takes and costs, as the catalog says it."""

from __future__ import annotations

from starlette.responses import Response

from components.catalog import MODELS
from components.client import shapes
from components.routes.api import shown
from components.routes.api.answers import answer
from components.routes.api.operations import Asked, Operation, in_thread


async def models(asked: Asked) -> Response:
    """All of them, by what a person wants."""
    every = await in_thread(lambda: tuple(shown.model(asked.studio, spec) for spec in MODELS.values()))
    return answer(shapes.Models(models=every))


OPERATIONS = (
    Operation(
        "GET",
        "/models",
        "models",
        "What each model is, takes and costs.",
        models,
        {200: shapes.Models},
        (),
    ),
)
