"""Says whether the server and its engine are up; tells nothing else."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from components.errors import StudioError
from components.studio import current


async def health(_: Request) -> Response:
    """200 once the engine runs and the database answers, 503 before."""
    try:
        await asyncio.to_thread(current().generations.any_under_way)
    except StudioError as down:
        return JSONResponse({"ok": False, "error": down.message}, status_code=503)
    return JSONResponse({"ok": True})
