"""Serves the browser modules of the UI. Their address names their contents, so they are kept for good."""

from __future__ import annotations

from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from components import scripts

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def script(request: Request) -> Response:
    """GET or HEAD of one module. A page of an older server gets 404, never another version's text."""
    asked = request.path_params
    text = scripts.find(asked["version"], asked["folder"], asked["name"])
    if text is None:
        return PlainTextResponse("No such script in this version. Reload the page.", status_code=404)
    return Response(text, media_type=scripts.TYPES[PurePath(asked["name"]).suffix], headers=HEADERS)
