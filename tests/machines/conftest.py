"""Workers as processes of their own, on a real Postgres, in front of the session's sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from components.library.database import open_database
from components.library.workers import Workers
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live
from tests.postgres_server import PostgresServer
from tests.sandbox_server import ROOT, SandboxServer
from tests.worker_process import Worker


@pytest.fixture
def shared(postgres: PostgresServer, sandbox: SandboxServer, tmp_path: Path) -> Settings:
    """Of all processes of one studio: a database of its own, keys, and the session's sandbox as the provider."""
    plain = Settings(data_dir=tmp_path / "data", poll_seconds=0.05, database_url=postgres.new_database())
    return plain.model_copy(update=as_live(sandbox.url))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """Starts workers; those that still run at the end are ended."""
    started: list[Worker] = []

    def start_one(settings: Settings, code: Path = ROOT) -> Worker:
        started.append(Worker(settings, tmp_path / f"worker-{len(started)}.log", code))
        return started[-1]

    yield start_one
    for worker in started:
        worker.kill()


@pytest.fixture
def web(shared: Settings) -> Iterator[Studio]:
    """A process that only shows and enqueues: this one."""
    with open_studio(shared, works=False) as running:
        yield running


@pytest.fixture
def workers(web: Studio, shared: Settings) -> Iterator[Workers]:
    database = open_database(str(shared.database_url))
    yield Workers(database)
    database.dispose()
