"""What every provider's file is handed: the sandbox's parts and the common helpers. Knows no provider's rules."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import HTTPConnection, Request

from components.catalog.spec import ModelSpec
from components.sandbox.files import Files
from components.sandbox.rehearse import Rehearsals
from components.sandbox.tasks import Task, Tasks
from components.sandbox.webhooks import Webhooks
from components.sandbox.worker import Worker

BALANCE = 1000.0
"""US dollars of play money in every account."""


@dataclass(frozen=True)
class Sandbox:
    """The running sandbox."""

    tasks: Tasks
    files: Files
    worker: Worker
    webhooks: Webhooks
    wire_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Other wire places of parameters, by the variable that sets them and by documented name."""
    rehearsals: Rehearsals = field(default_factory=Rehearsals)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def names(self, spec: ModelSpec) -> Mapping[str, str]:
        """Other wire places of a model's parameters, as the settings want them."""
        return self.wire_names.get(spec.wire_names_setting, {})

    def balance(self, provider: str) -> float:
        """US dollars of play money that are left."""
        return round(max(0.0, BALANCE - self.tasks.spent(provider)), 6)

    def accept(self, task: Task, *more: Task) -> None:
        """Writes tasks and ledger to disk, then starts them. Only after this may an answer be sent."""
        self.tasks.accept(task, *more)
        for each in (task, *more):
            self.worker.enqueue(each)

    async def hold(self, seconds: float) -> None:
        """Waits, but not beyond the server's end."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.stopping.wait()

    async def finish(self, task: Task) -> Task | None:
        """The finished task, or None when the server ends first."""
        stopping = asyncio.ensure_future(self.stopping.wait())
        await asyncio.wait({stopping, self.worker.enqueue(task)}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        done = self.tasks.get(task.id)
        return done if done and done.over else None


def reached(by: HTTPConnection) -> str:
    """The gateway as this caller reaches it now; a socket's caller fetches files over HTTP too."""
    scheme = {"ws": "http", "wss": "https"}.get(by.url.scheme, by.url.scheme)
    return f"{scheme}://{by.url.netloc}"


def address(at: HTTPConnection | str, host: str, path: str) -> str:
    """The gateway's own address of `https://host/path`, for a caller or for what `reached` gave earlier."""
    return f"{at if isinstance(at, str) else reached(at)}/{host}/{path}"


async def json_object(request: Request) -> dict[str, Any] | None:
    """The body, or None where it is not a JSON object."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
