"""The cost of push for `make bench`: the server's CPU with 200 browsers that listen, and with none."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import sqlalchemy as sa
from websockets.asyncio.client import ClientConnection, connect

from components.library.database import open_database, sqlite_url
from components.library.listening import ListeningTokens
from components.routes.events import PROTOCOL
from components.settings import Settings
from components.studio import LOCAL
from tests.studio_server import StudioServer, start_studio
from tests.ui.rows import add_generation

BROWSERS, SECONDS = 200, 20.0
CHANGES = 5
TICK = os.sysconf("SC_CLK_TCK")


def rows(folder: Path) -> Iterator[str]:
    """Percent of a core while nothing changes, and seconds from a change to all browsers."""
    with start_studio(Settings(data_dir=folder / "push")) as server:
        yield from asyncio.run(_measure(server))


async def _measure(server: StudioServer) -> list[str]:
    await asyncio.sleep(3)  # what a start leaves behind
    none = await _percent(server)
    async with AsyncExitStack() as opened:
        token = ListeningTokens(Settings(data_dir=server.data_dir)).issue(LOCAL)
        sockets = [await opened.enter_async_context(browser(server, token)) for _ in range(BROWSERS)]
        for socket in sockets:
            await socket.recv()
        many = await _percent(server)
        delays = await _delays(server, sockets)
    return [
        f"push, {BROWSERS} browsers, nothing changes: {many:.1f} % of a core; with none {none:.1f} %; "
        f"push itself {many - none:.1f} % (target: below 5 %)",
        f"push, a change until the last of {BROWSERS} browsers has it: median {statistics.median(delays):.2f} s, "
        f"max {max(delays):.2f} s (one look a second)",
    ]


def browser(server: StudioServer, token: str) -> connect:
    """A bare socket, signed as pages sign theirs."""
    return connect(
        f"ws://localhost:{server.port}/api/events?since={time.time()}",
        origin=server.url,
        subprotocols=[PROTOCOL, token],
        proxy=None,
        open_timeout=30,
    )


async def _percent(server: StudioServer) -> float:
    """Of one core, by the server's process alone: its sandbox renders nothing meanwhile."""
    before, began = cpu(server.process.pid), time.monotonic()
    await asyncio.sleep(SECONDS)
    return 100 * (cpu(server.process.pid) - before) / (time.monotonic() - began)


def cpu(pid: int) -> float:
    """Seconds of user and system time, from the system's own books (proc(5): fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


async def _delays(server: StudioServer, sockets: list[ClientConnection]) -> list[float]:
    """Seconds from a change until the last browser has it, a few times."""
    database = open_database(sqlite_url(server.data_dir / "studio.db"))
    try:
        return [await delay(database, sockets) for _ in range(CHANGES)]
    finally:
        database.dispose()


async def delay(database: sa.Engine, sockets: list[ClientConnection]) -> float:
    """Seconds from a change that is written here until the last of them has heard of it."""
    made = await asyncio.to_thread(add_generation, database, "done")
    written = time.monotonic()
    await asyncio.gather(*(_hears(socket, made.id) for socket in sockets))
    return time.monotonic() - written


async def _hears(socket: ClientConnection, name: str) -> None:
    while name not in [change[0] for change in json.loads(await socket.recv())["changes"]]:
        pass
