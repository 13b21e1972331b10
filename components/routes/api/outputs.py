"""Finished videos over `/api/v1`, with Range, to whoever may see them on the pages."""

from __future__ import annotations

from starlette.responses import FileResponse, Response

from components.routes.api import bodies
from components.routes.api.answers import HEADERS
from components.routes.api.operations import Asked, Operation


async def video(asked: Asked) -> Response:
    """The file as it came, under its own name."""
    kept = await asked.call(asked.studio.outputs.file, bodies.read_id(asked.request))
    return FileResponse(kept.path, media_type=kept.media_type, filename=kept.name, headers=HEADERS)


OPERATIONS = (
    Operation(
        "GET",
        "/outputs/{id}/video",
        "video",
        "The file of a video; parts of it with `Range`.",
        video,
        {200: "video/*", 206: "video/*"},
        (404,),
    ),
)
