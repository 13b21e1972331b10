"""A server process that dies where it is told, and the studio that is started after it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from components.library.database import open_database, sqlite_url
from components.library.generations import Generations
from components.library.records import Generation
from components.media.video import probe
from components.settings import Settings
from tests.conftest import Ledger
from tests.sandbox_server import ROOT, until
from tests.studio_server import environment


class Doomed:
    """A studio process that will not live to see its jobs' end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def job_ids(self, count: int) -> list[str]:
        return [self._process.stdout.readline().strip() for _ in range(count)]

    def kill(self) -> None:
        self._process.kill()
        self.died()

    def died(self) -> None:
        """Waits for the end, and sees to it that it was the end that was meant."""
        assert self._process.wait(60) == -signal.SIGKILL


@pytest.fixture
def doomed(voice_wav: Path) -> Callable:
    @contextmanager
    def start(settings: Settings, point: str = "never", jobs: int = 1) -> Iterator[Doomed]:
        command = [sys.executable, "-m", "tests.crash.serve", point, str(voice_wav), str(jobs)]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment(settings), stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield Doomed(process)
            finally:
                process.kill()

    return start


@contextmanager
def looking_in(settings: Settings) -> Iterator[Generations]:
    """The database as it lies there, with no engine of ours."""
    database = open_database(sqlite_url(settings.data_dir / "studio.db"))
    try:
        yield Generations(database, owner=None)
    finally:
        database.dispose()


def playable(settings: Settings, job: Generation) -> bool:
    """Whether what is called done is a whole video in our own folder, and the only one."""
    (output,) = job.outputs
    path = settings.data_dir / "media" / output.key
    return path.stat().st_size == output.size and probe(path).frames == 10


def told(job: Generation) -> bool:
    return bool(job.error and job.error.message and job.error.hint)


def settled(ledger: Ledger, count: int) -> list[dict]:
    """The paid requests once there are that many."""
    return until(lambda: len(paid := ledger.paid()) >= count and paid)
