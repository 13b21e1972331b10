"""Generations over `/api/v1`: submitted once whatever happens to the answer, read, waited for, cancelled."""

from __future__ import annotations

from starlette.responses import Response

from components.catalog import model
from components.client import shapes
from components.errors import CannotCancel, NotFound
from components.library.records import Generation
from components.routes.api import bodies, shown, waiting
from components.routes.api.answers import answer
from components.routes.api.operations import Asked, Operation


async def submit(asked: Asked) -> Response:
    """201 with a new generation, 200 with the one that was made under this key before."""
    asked.studio.person.require("make")
    key = bodies.read_key(asked.request)
    wanted = await bodies.read_json(asked.request, shapes.Submission)
    sent = await asked.call(
        asked.studio.generations.submit_once, key, wanted.model, wanted.parameters, wanted.most_dollars
    )
    return answer(shown.generation(asked.studio, sent.generation), 200 if sent.repeated else 201)


async def plan(asked: Asked) -> Response:
    """The same checks as of a submission, and nothing more."""
    wanted = await bodies.read_json(asked.request, shapes.Draft)
    planned = await asked.call(asked.studio.generations.plan, wanted.model, wanted.parameters)
    return answer(shown.plan(asked.studio, planned))


async def recent(asked: Asked) -> Response:
    """One's own."""
    page = bodies.read_query(asked.request, shapes.Page)
    spec = model(page.model) if page.model else None
    of = asked.studio.generations.recent
    found = await asked.call(of, spec.id if spec else None, limit=page.limit, offset=page.offset)
    return answer(shapes.Generations(generations=tuple(shown.generation(asked.studio, one) for one in found)))


async def get(asked: Asked) -> Response:
    """What has become of one; after a while, if that is asked for."""
    patience = bodies.read_query(asked.request, shapes.Patience)
    found = await _seen(asked)
    if patience.wait and not found.ended:
        who = asked.studio.person.token
        found = await waiting.ended(
            asked.request, who.id if who else "", found, lambda: _seen(asked), patience.wait
        )
    return answer(shown.generation(asked.studio, found))


async def cancel(asked: Asked) -> Response:
    """Free, as long as it has not left; a repeat finds it cancelled."""
    generation_id = bodies.read_id(asked.request)
    try:
        found = await asked.call(asked.studio.generations.cancel, generation_id)
    except CannotCancel:
        found = await asked.call(asked.studio.seen.get, generation_id)
        if found.state != "cancelled":
            raise
    return answer(shown.generation(asked.studio, found))


async def _seen(asked: Asked) -> Generation:
    """One's own, or what others share; what another put into the bin is theirs alone."""
    found = await asked.call(asked.studio.seen.get, bodies.read_id(asked.request))
    if found.owner != asked.studio.person.owner and found.deleted_at is not None:
        raise NotFound("There is no such generation.")
    return found


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
    Operation(
        "POST",
        "/plan",
        "plan",
        "What a submission would send and is expected to cost; nothing is kept or sent.",
        plan,
        {200: shapes.Plan},
        (400, 404, 413, 422),
        body=shapes.Draft,
    ),
    Operation(
        "GET",
        "/generations",
        "recent",
        "Your own generations, the newest first.",
        recent,
        {200: shapes.Generations},
        (404, 422),
        query=shapes.Page,
    ),
    Operation(
        "GET",
        "/generations/{id}",
        "generation",
        "One generation; with `wait`, as soon as it has ended or that time is over.",
        get,
        {200: shapes.Generation},
        (404, 422),
        query=shapes.Patience,
    ),
    Operation(
        "POST",
        "/generations/{id}/cancel",
        "cancel",
        "Takes back a generation that has not left yet, which is free.",
        cancel,
        {200: shapes.Generation},
        (404, 409),
    ),
)
