"""Serves the browser's side of the UI. Its address names its contents, so a browser keeps it for good."""

from __future__ import annotations

import gzip
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from components import scripts

TYPE = "text/javascript"
HEADERS = {
    "Vary": "Accept-Encoding",
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def script(request: Request) -> Response:
    """GET or HEAD of the file. A page of an older server gets 404, never another version's text."""
    asked = request.path_params
    text = scripts.find(asked["version"], asked["name"])
    if text is None:
        return PlainTextResponse("No such script in this version. Reload the page.", status_code=404)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_packed(text), media_type=TYPE, headers=HEADERS | {"Content-Encoding": "gzip"})
    return Response(text, media_type=TYPE, headers=HEADERS)


@cache
def _packed(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)
