"""The server: Streamlit's pages, the engine in its lifespan, our routes beside them. No logic."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components import logs
from components.errors import StudioError
from components.hosts import refuse_strangers
from components.routes import ROUTES
from components.routes.guard import Guard
from components.routes.identity import Identify
from components.starting import read_settings
from components.studio import open_studio
from components.ui.frame import sign_in, unexpected

HERE = Path(__file__).resolve().parent
INDEX = Path(st.__file__).parent / "static" / "index.html"


@asynccontextmanager
async def engine(_: st.App) -> AsyncIterator[None]:
    """Runs the engine from server start, before any visitor, to a clean stop."""
    try:
        settings = read_settings()
        logs.set_up(settings.log)
        refuse_strangers(st.get_option("server.address"), opened=settings.open or settings.sign_in != "off")
        opened = open_studio(settings, works=not settings.many_machines)
        await asyncio.to_thread(opened.__enter__)
    except StudioError as error:
        # A traceback would bury the sentence; the server has not begun to serve, so nothing is cut off.
        print(f"\n  {error}\n", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(1)
    try:
        yield
    finally:
        await asyncio.to_thread(opened.__exit__, None, None, None)


app = st.App(
    HERE / "components" / "ui" / "frame" / "shell.py",
    lifespan=engine,
    routes=ROUTES,
    middleware=[Middleware(Guard, index=INDEX), Middleware(Identify, read_cookie=sign_in.read_cookie)],
    secrets=sign_in.prepare(),
    on_script_error=unexpected.show,
)

if __name__ == "__main__":
    # The server catches Ctrl+C for its clean stop and then hands it on: to a quiet end, not to a traceback.
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    try:
        settings = read_settings()
    except StudioError as error:
        sys.exit(f"\n  {error}\n")
    app.run(config={"server.port": settings.port, "server.address": settings.address})
