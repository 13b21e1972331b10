"""Serves kept files behind signed links, with Range, so that players seek without loading all."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from components.errors import StorageTrouble, StudioError
from components.routes.identity import studio_of
from components.studio import Studio, current

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
        path = await _path(request)
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


async def _path(request: Request) -> Path:
    """A person's own link is theirs alone; the other kind is what a provider was given to fetch a file."""
    token, own = request.path_params["token"], studio_of(request.scope)
    if own is not None and own.files.knows(token):
        return await _open(own, token)
    return await _open(current(), token)


async def _open(studio: Studio, token: str) -> Path:
    loop = asyncio.get_running_loop()
    ready = await loop.run_in_executor(_ready, studio.files.ready, token)
    if ready is not None:
        return ready
    return await loop.run_in_executor(_making, studio.files.open, token)
