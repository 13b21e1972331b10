"""A thousand generations in flight in one worker on Postgres: its processor, its memory, the page meanwhile."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.settings import ROOT, Settings
from components.studio import Studio, open_studio
from tests.bench.push import cpu
from tests.bench.rows import row, seconds
from tests.contract.providers import CASES, GOOD_KEY
from tests.postgres_server import start_postgres
from tests.s3_server import BUCKET, make_bucket, start_s3
from tests.sandbox_server import start_sandbox, until
from tests.worker_process import Worker

CROWD = 1000
MODEL = "segmind/hunyuan-video"
"""Words only, so that submitting it sends no file."""
SLOW, WATCHED, RUNS = 3600.0, 30.0, 20


def rows(folder: Path) -> Iterator[str]:
    with start_postgres() as postgres, start_s3() as s3, start_sandbox(folder / "provider") as sandbox:
        os.environ |= make_bucket(s3)
        sandbox.rehearse(slow_seconds=SLOW, times=CROWD)
        settings = Settings(
            data_dir=folder / "data",
            gateway=sandbox.url,
            sandbox="never",
            segmind_api_key=GOOD_KEY,
            database_url=postgres.new_database(),
            media_url=f"s3://{BUCKET}/media",
        )
        with open_studio(settings, works=False) as studio:
            worker = Worker(settings, folder / "worker.log").works()
            try:
                yield from measure(studio, worker.process.pid)
            finally:
                worker.kill()


def measure(studio: Studio, worker: int) -> Iterator[str]:
    page = AppTest.from_file(str(ROOT / "pages" / "hunyuan_video.py"), default_timeout=60).run()
    assert not page.exception
    idle, memory = [seconds(page.run) for _ in range(RUNS)], megabytes(worker)
    [request] = [case.parameters for case in CASES if case.model == MODEL]
    yield row(
        "enqueue on Postgres, ms", [1000 * seconds(lambda: studio.submit(MODEL, request)) for _ in range(CROWD)]
    )
    until(lambda: len(running(studio)) == CROWD, 600)
    before, began = cpu(worker), time.monotonic()
    time.sleep(WATCHED)
    busy = 100 * (cpu(worker) - before) / (time.monotonic() - began)
    yield (
        f"{CROWD} in flight in one worker: {busy:.0f} % of a core (at most 100), "
        f"{megabytes(worker) - memory:.0f} MB more than idle (at most 200)"
    )
    usual = statistics.median(idle)
    yield row(
        f"model page's rerun, {CROWD} in flight / none (at most 1.5)",
        [seconds(page.run) / usual for _ in range(RUNS)],
    )


def running(studio: Studio) -> list[object]:
    return [one for one in studio.generations.under_way() if one.state == "running"]


def megabytes(pid: int) -> float:
    """Of memory that is its own (proc(5): smaps_rollup)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith("Pss:")]
    return int(kilobytes) / 1024
