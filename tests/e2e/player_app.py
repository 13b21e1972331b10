"""Serves the test page with its clips beside it, the way the studio serves files: with Range."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route


async def stalling(data: bytes, first: int) -> AsyncIterator[bytes]:
    """Over half of the file at once, the rest after a while, as a bad line would."""
    middle = len(data) * 6 // 10
    yield data[first:middle]
    await asyncio.sleep(4)
    yield data[max(first, middle) :]


async def media(request: Request) -> Response:
    name = request.path_params["name"].removeprefix("stalls-")
    path = Path(os.environ["PLAYER_CLIPS"]) / name
    if not path.is_file():
        return Response(status_code=404)
    if name == request.path_params["name"]:
        return FileResponse(path)
    data = path.read_bytes()
    first = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").split("-")[0])
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(len(data) - first),
        "Content-Range": f"bytes {first}-{len(data) - 1}/{len(data)}",
    }
    return StreamingResponse(stalling(data, first), 206, headers, "video/mp4")


app = st.App(
    Path(__file__).with_name("player_page.py"),
    routes=[Route("/files/{name}", media, methods=["GET", "HEAD"])],
)
