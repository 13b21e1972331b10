"""Several machines for `make bench`: how long a dead worker's work lies, and how soon all open tabs hear."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from components.library.database import open_database
from components.library.listening import ListeningTokens
from components.settings import Settings
from components.studio import LOCAL, Studio, open_studio
from tests.bench.push import browser, delay
from tests.bench.rows import row
from tests.contract.providers import CASES, GOOD_KEY
from tests.postgres_server import start_postgres
from tests.sandbox_server import start_sandbox, until
from tests.studio_server import StudioServer, start_studio
from tests.worker_process import Worker

DEATHS, JOBS = 5, 5
BROWSERS, CHANGES = 200, 10
MODEL = "segmind/hunyuan-video"
"""Words only, so that submitting it sends no file."""
SLOW = 20.0
"""Seconds that a clip takes: longer than its first worker lives and the second needs to take it up."""
NAMES = ("workflow_uuid", "executor_id", "status")
WORK = sa.table("workflow_status", *(sa.column(name) for name in NAMES), schema="dbos")


def rows(folder: Path) -> Iterator[str]:
    with start_postgres() as postgres, start_sandbox(folder / "provider") as sandbox:
        settings = Settings(
            data_dir=folder / "data",
            gateway=sandbox.url,
            sandbox="never",
            segmind_api_key=GOOD_KEY,
            shared_secret=SecretStr("s" * 32),
            database_url=postgres.new_database(),
            poll_seconds=0.2,
        )
        sandbox.rehearse(slow_seconds=SLOW, times=DEATHS * JOBS)
        with open_studio(settings, works=False) as studio:
            found = [_taken_up(studio, settings, folder / f"{number}.log") for number in range(DEATHS)]
        yield row(
            f"a worker killed with {JOBS} jobs in hand: seconds until another has all (at most 15)", found
        )
        yield from _push(folder, settings)


def _taken_up(studio: Studio, settings: Settings, log: Path) -> float:
    """Seconds from the kill of the one worker until the other works on each of its jobs."""
    [request] = [case.parameters for case in CASES if case.model == MODEL]
    doomed = Worker(settings, log).works()
    jobs = [studio.submit(MODEL, request).id for _ in range(JOBS)]
    until(lambda: all(studio.generations.get(one).state == "running" for one in jobs))
    dead = _at_work(studio, jobs)
    heir = Worker(settings, log.with_suffix(".heir.log")).works()
    try:
        doomed.kill()
        killed = time.monotonic()
        until(lambda: len(_at_work(studio, jobs) - dead) == JOBS, 120)
        return time.monotonic() - killed
    finally:
        until(lambda: all(studio.generations.get(one).ended for one in jobs), 120)
        heir.kill()


def _at_work(studio: Studio, jobs: list[str]) -> set[tuple[str, str]]:
    """Which worker has which of the jobs in hand, as the engine notes it."""
    mine = sa.select(WORK.c.workflow_uuid, WORK.c.executor_id)
    mine = mine.where(WORK.c.workflow_uuid.in_(jobs), WORK.c.status == "PENDING")
    with studio._engine.database.connect() as connection:
        return {(job, str(worker)) for job, worker in connection.execute(mine)}


def _push(folder: Path, settings: Settings) -> Iterator[str]:
    """Two servers, half of the browsers each; the change is written by a third process, this one."""
    others = [settings.model_copy(update={"data_dir": folder / name}) for name in ("one", "two")]
    with ExitStack() as opened:
        servers = [opened.enter_context(start_studio(each)) for each in others]
        found = asyncio.run(_delays(servers, settings))
    yield (
        f"push, a change of another process until the last of {BROWSERS} browsers at 2 servers has it: "
        f"median {statistics.median(found):.2f} s, max {max(found):.2f} s (at most 2)"
    )


async def _delays(servers: list[StudioServer], settings: Settings) -> list[float]:
    token = ListeningTokens(settings).issue(LOCAL)
    database = open_database(str(settings.database_url))
    try:
        async with AsyncExitStack() as opened:
            waiting = [browser(servers[number % 2], token) for number in range(BROWSERS)]
            sockets = [await opened.enter_async_context(each) for each in waiting]
            for socket in sockets:
                await socket.recv()
            return [await delay(database, sockets) for _ in range(CHANGES)]
    finally:
        database.dispose()
