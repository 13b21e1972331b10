"""Puts the sandbox together: its parts, the providers' routes and its own. Knows no provider's rules."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.sandbox import segmind
from components.sandbox.files import Files
from components.sandbox.gateway import Sandbox, json_object
from components.sandbox.rehearse import Rehearsal
from components.sandbox.tasks import Tasks
from components.sandbox.worker import RenderProcess, Worker


def build_app(folder: Path, humo_names: Mapping[str, str]) -> tuple[Starlette, Sandbox]:
    """The web application and the sandbox behind it.

    Args:
        folder: where tasks and files are kept.
        humo_names: other wire names for HuMo's inputs.
    """
    tasks, files = Tasks(folder), Files(folder)
    sandbox = Sandbox(tasks, files, Worker(tasks, files, RenderProcess(folder)))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        files.forget(tasks.now())
        sandbox.worker.resume()
        yield
        await sandbox.worker.stop()
        sandbox.tasks.close()

    routes = [*own_routes(sandbox), *segmind.routes(sandbox, humo_names)]
    return Starlette(routes=routes, lifespan=lifespan), sandbox


def own_routes(sandbox: Sandbox) -> list[Route]:
    async def health(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def ledger(_: Request) -> Response:
        return JSONResponse(sandbox.tasks.ledger())

    async def rehearse(request: Request) -> Response:
        if request.method == "DELETE":
            sandbox.rehearsals.clear()
            return JSONResponse({"ok": True})
        try:
            sandbox.rehearsals.set(Rehearsal.model_validate(await json_object(request)))
        except ValidationError as refused:
            return JSONResponse({"error": str(refused)}, 400)
        return JSONResponse({"ok": True})

    return [
        Route("/healthz", health),
        Route("/_sandbox/ledger", ledger),
        Route("/_sandbox/rehearse", rehearse, methods=["POST", "DELETE"]),
    ]
