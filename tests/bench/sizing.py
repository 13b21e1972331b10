"""What one generation costs a team's machines: writes of the database, a worker's processor, room."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from components.library.database import open_database
from components.library.generations import Generations
from components.settings import Settings
from components.studio import LOCAL, Studio, open_studio
from tests.bench.push import cpu
from tests.contract.providers import CASES, GOOD_KEY
from tests.postgres_server import start_postgres
from tests.s3_server import BUCKET, make_bucket, start_s3
from tests.sandbox_server import SandboxServer, start_sandbox
from tests.studio_server import descendants
from tests.worker_process import Worker

JOBS, SLOW = 60, 30.0
MODEL = "segmind/hunyuan-video"
"""Words only, so that submitting it sends no file."""
WRITERS, WRITING = 8, 5.0


@dataclass(frozen=True)
class Books:
    """What the database and the worker have done so far."""

    at: float
    commits: int
    written: float
    size: int
    busy: float

    def since(self, before: Books) -> Books:
        return Books(*(now - then for now, then in zip(vars(self).values(), vars(before).values(), strict=True)))


def rows(folder: Path) -> Iterator[str]:
    with start_postgres() as postgres, start_s3() as s3, start_sandbox(folder / "provider") as sandbox:
        os.environ |= make_bucket(s3)
        url = postgres.new_database()
        here = {"gateway": sandbox.url, "database_url": url, "media_url": f"s3://{BUCKET}/media"}
        settings = Settings(data_dir=folder / "data", sandbox="never", segmind_api_key=GOOD_KEY, **here)
        with open_studio(settings, works=False) as studio, psycopg.connect(plain(url), autocommit=True) as reader:
            worker = Worker(settings, folder / "worker.log").works()
            try:
                yield from measure(studio, sandbox, reader, worker.process.pid)
            finally:
                worker.kill()
            yield f"this Postgres: {writes(url):.0f} changes of a generation a second from {WRITERS} writers"


def measure(studio: Studio, sandbox: SandboxServer, reader: psycopg.Connection, worker: int) -> Iterator[str]:
    run(studio, reader)  # a warm-up
    idle = books(reader, worker)
    time.sleep(SLOW)
    resting = books(reader, worker).since(idle)
    yield (
        f"a worker at rest: {resting.commits / resting.at:.1f} commits/s, "
        f"{100 * resting.busy / resting.at:.1f} % of a core"
    )
    quick = round_of(studio, reader, worker)
    yield said("one generation, at once ready", quick, resting)
    sandbox.rehearse(slow_seconds=SLOW, times=JOBS)
    slow = round_of(studio, reader, worker)
    yield said(f"one generation, {SLOW:.0f} s under way", slow, resting)


def round_of(studio: Studio, reader: psycopg.Connection, worker: int) -> Books:
    before = books(reader, worker)
    run(studio, reader)
    return books(reader, worker).since(before)


def run(studio: Studio, reader: psycopg.Connection) -> None:
    """Looks seldom whether all is done, so that looking does not count."""
    [request] = [case.parameters for case in CASES if case.model == MODEL]
    for _ in range(JOBS):
        studio.submit(MODEL, request)
    while reader.execute("SELECT 1 FROM generation WHERE state <> 'done' LIMIT 1").fetchone():
        time.sleep(1)


def books(reader: psycopg.Connection, worker: int) -> Books:
    time.sleep(1.5)  # Postgres writes its books once a second
    query = (
        "SELECT xact_commit, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'), pg_database_size(datname) "
        "FROM pg_stat_database WHERE datname = current_database()"
    )
    commits, written, size = reader.execute(query).fetchone() or (0, 0, 0)
    busy = sum(cpu(pid) for pid in (worker, *descendants(worker)))
    return Books(time.monotonic(), int(commits), float(written), int(size), busy)


def said(label: str, found: Books, resting: Books) -> str:
    """Each through their number, without what a resting worker does in that time."""
    commits = (found.commits - resting.commits / resting.at * found.at) / JOBS
    busy = (found.busy - resting.busy / resting.at * found.at) / JOBS
    kilobytes, room = found.written / JOBS / 1000, found.size / JOBS / 1000
    return (
        f"{label}: {commits:.0f} commits, {kilobytes:.0f} kB of write-ahead log, {room:.0f} kB more to keep, "
        f"{busy:.2f} s of a worker's core with its children"
    )


def writes(url: str) -> float:
    """Changes a second of the kind that a generation's state is."""
    counts, over = [0] * WRITERS, time.monotonic() + WRITING

    def write(number: int) -> None:
        engine = open_database(url)
        rows, name = Generations(engine, LOCAL), f"w{number}"
        with engine.begin() as connection:
            rows.insert(connection, id=name, model=MODEL, parameters={"prompt": "x"}, sandbox=True)
        while time.monotonic() < over:
            rows.move(name, ("queued", "running"), "running")
            counts[number] += 1
        engine.dispose()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / WRITING


def plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
