"""Serves kept files behind signed links, with Range, so that players seek without loading all."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from components.errors import StorageTrouble, StudioError
from components.studio import current

# By our own suffix, never by what somebody once declared.
MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".zip": "application/zip",
}
HEADERS = {
    "Cache-Control": "private, max-age=43200, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


# Threads of their own, not those of health and live status; and others still for what must be made or fetched
# first: a crowd of previews must not keep a video that lies here from playing.
_ready = ThreadPoolExecutor(8, thread_name_prefix="files")
_making = ThreadPoolExecutor(8, thread_name_prefix="making")


async def file(request: Request) -> Response:
    """GET or HEAD of a signed link; `?download=1` makes the browser save it under the link's name."""
    try:
        path = await _path(request.path_params["token"])
    except StorageTrouble as trouble:
        return PlainTextResponse(str(trouble), status_code=503)
    except StudioError as missing:
        return PlainTextResponse(str(missing), status_code=404)
    save = "download" in request.query_params
    return FileResponse(
        path,
        media_type=MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
        filename=request.path_params["name"] if save else None,
        headers=HEADERS,
    )


async def _path(token: str) -> Path:
    loop, studio = asyncio.get_running_loop(), current()
    ready = await loop.run_in_executor(_ready, studio.files.ready, token)
    if ready is not None:
        return ready
    return await loop.run_in_executor(_making, studio.files.open, token)
