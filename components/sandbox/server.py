"""Puts the sandbox together: its parts, the providers' routes and its own. Knows no provider's rules."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from components import sandbox as package
from components.hosts import OwnAddresses
from components.sandbox.files import Files
from components.sandbox.gateway import Sandbox, address, json_object
from components.sandbox.guard import Guard
from components.sandbox.inputs import OWN_HOST
from components.sandbox.rehearse import Rehearsal
from components.sandbox.tasks import Tasks
from components.sandbox.webhooks import Webhooks
from components.sandbox.worker import RenderProcess, Worker

LARGEST_ASSET = 200 * 1024**2
ASSET_TYPES = frozenset(
    f"{kind}/{name}"
    for kind, names in {
        "image": "jpeg png webp avif bmp gif tiff heic",
        "audio": "mpeg mp3 wav x-wav wave mp4 m4a x-m4a aac ogg flac x-flac webm",
    }.items()
    for name in names.split()
)


def build_app(
    folder: Path,
    wire_names: Mapping[str, Mapping[str, str]],
    root: str = "",
    own: OwnAddresses = OwnAddresses(),  # noqa: B008 -- frozen
) -> tuple[Starlette, Sandbox]:
    """The web application and the sandbox behind it.

    Args:
        folder: where tasks and files are kept.
        wire_names: other wire places of parameters, by the variable that sets them and by documented name.
        root: a host that is served without its name too, for clients that drop the path of a base address.
        own: the names under which it answers, beside loopback's.
    """
    tasks, files = Tasks(folder), Files(folder)
    webhooks = Webhooks(files)
    worker = Worker(tasks, files, RenderProcess(folder), webhooks.notify)
    sandbox = Sandbox(tasks, files, worker, webhooks, wire_names)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        files.forget(tasks.now())
        sandbox.worker.resume()
        yield
        await sandbox.worker.stop()
        await webhooks.stop()
        sandbox.tasks.close()

    routes: list[BaseRoute] = [*own_routes(sandbox), *provider_routes(sandbox)]
    if root:
        routes.append(at_root(routes, root))
    guard = Middleware(Guard, own=own)
    return Starlette(routes=routes, lifespan=lifespan, middleware=[guard]), sandbox


def provider_routes(sandbox: Sandbox) -> list[BaseRoute]:
    """Those of every folder beside this file that exports `routes`: such a folder is a provider."""
    folders = [found.name for found in iter_modules(package.__path__) if found.ispkg]
    modules = [import_module(f"{package.__name__}.{name}") for name in folders]
    return [route for module in modules if hasattr(module, "routes") for route in module.routes(sandbox)]


def at_root(routes: list[BaseRoute], host: str) -> Mount:
    """A provider's host without its name before the path.

    Raises:
        ValueError: there is no such host.
    """
    mounts = {mount.path.strip("/"): mount for mount in routes if isinstance(mount, Mount)}
    if host not in mounts:
        raise ValueError(f"The sandbox has no host {host!r}; it has {', '.join(sorted(mounts))}.")
    return Mount("", app=mounts[host].app)


def own_routes(sandbox: Sandbox) -> list[Route]:
    async def health(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def ledger(_: Request) -> Response:
        return JSONResponse(sandbox.tasks.ledger())

    async def rehearse(request: Request) -> Response:
        if request.method == "DELETE":
            sandbox.rehearsals.clear(request.query_params.get("person", ""))
            return JSONResponse({"ok": True})
        try:
            sandbox.rehearsals.set(Rehearsal.model_validate(await json_object(request)))
        except ValidationError as refused:
            return JSONResponse({"error": str(refused)}, 400)
        return JSONResponse({"ok": True})

    async def hurry(_: Request) -> Response:
        sandbox.worker.hurry()
        return JSONResponse({"ok": True})

    return [
        Route("/healthz", health),
        Route("/_sandbox/ledger", ledger),
        Route("/_sandbox/rehearse", rehearse, methods=["POST", "DELETE"]),
        Route("/_sandbox/hurry", hurry, methods=["POST"]),
        *asset_routes(sandbox),
    ]


def asset_routes(sandbox: Sandbox) -> list[Route]:
    """Files that any provider of the sandbox may be pointed at: handed in here, fetched at a host of their own."""

    async def add(request: Request) -> Response:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in ASSET_TYPES:
            return JSONResponse({"error": "The Content-Type must be of a known image or sound."}, 415)
        data = await _received(request)
        if data is None:
            return JSONResponse({"error": "The file is larger than 200 MB."}, 413)
        if not data:
            return JSONResponse({"error": "The file is empty."}, 400)
        name = await asyncio.to_thread(sandbox.files.add_asset, data, media_type)
        return JSONResponse({"url": address(request, OWN_HOST, f"assets/{name}")})

    async def fetch(request: Request) -> Response:
        found = sandbox.files.find("assets", request.path_params["name"])
        if not found:
            return JSONResponse({"error": "There is no such file."}, 404)
        return FileResponse(found, headers={"X-Content-Type-Options": "nosniff"})

    return [
        Route("/_sandbox/assets", add, methods=["POST"]),
        Route(f"/{OWN_HOST}/assets/{{name}}", fetch),
    ]


async def _received(request: Request) -> bytes | None:
    """The body, or None where it is too large, which its header may tell at once."""
    if int(request.headers.get("content-length", "0")) > LARGEST_ASSET:
        return None
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST_ASSET:
            return None
    return bytes(data)
