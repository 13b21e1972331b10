"""Serves the test page with its clips beside it, as the studio serves files: with Range; on good lines and bad."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from components.routes.scripts import script

HELD: list[asyncio.Event] = []
"""Lines that stand still; see `release`."""
BEAT = 0.05
"""Seconds between two handfuls of a slow line."""


async def stalling(data: bytes) -> AsyncIterator[bytes]:
    """Most of the file at once, the rest once a test lets it go, as a bad line would."""
    yield data[: len(data) * 6 // 10]
    held = asyncio.Event()
    HELD.append(held)
    await held.wait()
    yield data[len(data) * 6 // 10 :]


async def paced(data: bytes, rate: float) -> AsyncIterator[bytes]:
    """As many bytes a second as a slow line carries."""
    step = max(1, int(rate * BEAT))
    for begin in range(0, len(data), step):
        yield data[begin : begin + step]
        await asyncio.sleep(BEAT)


async def media(request: Request) -> Response:
    """NAME.mp4 as it is; stalls-NAME.mp4 stands still until released; slow20-NAME.mp4 takes 20 s as a whole."""
    line, name = re.fullmatch(r"(stalls-|slow\d+-)?(.*)", request.path_params["name"]).groups()
    path = Path(os.environ["PLAYER_CLIPS"]) / name
    if not path.is_file():
        return Response(status_code=404)
    if line is None:
        return FileResponse(path)
    data = path.read_bytes()
    first = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").split("-")[0])
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(len(data) - first),
        "Content-Range": f"bytes {first}-{len(data) - 1}/{len(data)}",
    }
    seconds = int(line[4:-1]) if line.startswith("slow") else 0
    body = paced(data[first:], len(data) / seconds) if seconds else stalling(data[first:])
    return StreamingResponse(body, 206, headers, "video/mp4")


async def release(_request: Request) -> Response:
    """Lets every line go on that stands still."""
    while HELD:
        HELD.pop().set()
    return Response(status_code=204)


app = st.App(
    Path(__file__).with_name("player_page.py"),
    routes=[
        Route("/files/{token}/{name}", media, methods=["GET", "HEAD"]),
        Route("/release", release, methods=["GET"]),
        Route("/scripts/{version}/{name}", script, methods=["GET", "HEAD"]),
    ],
)
