"""Files over `/api/v1`: the bare content as the request's body, so that no client has to build a form."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import _TemporaryFileWrapper

from starlette.requests import Request
from starlette.responses import Response

from components.client import shapes
from components.routes.api import bodies, shown
from components.routes.api.answers import answer
from components.routes.api.operations import Asked, Operation, in_thread
from components.studio import MAX_UPLOAD

PART = 1024**2
AT_ONCE = 4
"""Files that arrive at the same time; others wait, so that they do not fill the disk together."""
# Of their own: reading a file takes seconds, and it is a child process that works.
_reading = ThreadPoolExecutor(2, thread_name_prefix="intake")
_room = asyncio.Semaphore(AT_ONCE)


async def add(asked: Asked) -> Response:
    """201 with what is kept; the same content under the same name is kept once."""
    asked.studio.person.require("make")
    about = bodies.read_query(asked.request, shapes.File)
    folder = asked.studio.settings.data_dir / "incoming"
    folder.mkdir(exist_ok=True)
    async with _room:
        # What a killed server leaves of it, the studio's daily cleaning takes away by its ending.
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part") as file:
            await _receive(asked.request, file)
            kept = await in_thread(
                lambda: asked.studio.assets.add(
                    Path(file.name), name=about.name, kind=about.kind, model_id=about.model
                ),
                _reading,
            )
    return answer(shown.asset(kept), 201)


async def _receive(request: Request, file: _TemporaryFileWrapper[bytes]) -> None:
    buffer = bytearray()
    async for chunk in bodies.read_parts(request, MAX_UPLOAD, "Choose a smaller file."):
        buffer += chunk
        if len(buffer) >= PART:
            whole, buffer = bytes(buffer), bytearray()
            await asyncio.to_thread(file.write, whole)
    file.write(buffer)
    file.flush()


OPERATIONS = (
    Operation(
        "POST",
        "/assets",
        "add_asset",
        "Checks and keeps a picture or a sound; its id stands for it in a submission.",
        add,
        {201: shapes.Asset},
        (400, 404, 413, 422),
        body="application/octet-stream",
        query=shapes.File,
    ),
)
