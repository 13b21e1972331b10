"""Generations over `/api/v1`: submitted once whatever happens to the answer, read, waited for, cancelled."""

from __future__ import annotations

from starlette.responses import Response

from components.client import shapes
from components.routes.api import bodies, shown
from components.routes.api.answers import answer
from components.routes.api.operations import Asked, Operation


async def submit(asked: Asked) -> Response:
    """201 with a new generation, 200 with the one that was made under this key before."""
    asked.studio.person.require("make")
    key = bodies.read_key(asked.request)
    wanted = await bodies.read_json(asked.request, shapes.Submission)
    sent = await asked.call(asked.studio.generations.submit_once, key, wanted.model, wanted.parameters)
    return answer(shown.generation(asked.studio, sent.generation), 200 if sent.repeated else 201)


async def get(asked: Asked) -> Response:
    """What has become of one."""
    found = await asked.call(asked.studio.generations.get, asked.request.path_params["id"])
    return answer(shown.generation(asked.studio, found))


OPERATIONS = (
    Operation(
        "POST",
        "/generations",
        "submit",
        "Makes a video, which may cost money; the same again under the same key makes and costs nothing more.",
        submit,
        {201: shapes.Generation, 200: shapes.Generation},
        (400, 404, 413, 422),
        body=shapes.Submission,
        headers={bodies.KEY_HEADER: "1 to 128 printable ASCII letters, a new one for each video."},
    ),
    Operation("GET", "/generations/{id}", "generation", "One generation.", get, {200: shapes.Generation}, (404,)),
)
