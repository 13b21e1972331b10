"""Says whether the server is alive, and whether it could do its work; tells nothing else."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from components.errors import StudioError
from components.studio import current

NOT_KEPT = {"Cache-Control": "no-store"}
# Of its own: where a part hangs, those who ask wait here, and nobody else does.
_asking = ThreadPoolExecutor(4, thread_name_prefix="ready")


async def health(_: Request) -> Response:
    """200 once the engine runs and the database answers, 503 before."""
    try:
        await asyncio.to_thread(current().generations.any_under_way)
    except StudioError as down:
        return JSONResponse({"ok": False, "error": down.message}, status_code=503)
    return JSONResponse({"ok": True})


async def ready(_: Request) -> Response:
    """200 while all parts work, else 503 and the names of those that do not."""
    try:
        missing = await asyncio.get_running_loop().run_in_executor(_asking, current().readiness.missing)
    except StudioError:
        missing = ["engine"]
    told = {"ready": not missing, "missing": missing}
    return JSONResponse(told, status_code=503 if missing else 200, headers=NOT_KEPT)
