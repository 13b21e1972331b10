"""What 10,000 outputs cost the gallery against 100: the server's time here, the browser's memory in `memory`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from components.settings import ROOT, Settings
from tests.bench import memory
from tests.bench.rows import ratios, row
from tests.gallery_rows import Shelf
from tests.postgres_server import start_postgres

COUNTS = (100, 1_000, 10_000)
PAIRS = 15
FILMED = 8
QUERIES: dict[str, dict[str, object]] = {
    "opened": {},
    "filtered by model and text": {"model": ["segmind/humo"], "text": "navy jacket"},
    "best rated first": {"sort": "rating"},
}


def rows(folder: Path) -> Iterator[str]:
    for count in COUNTS:
        shelf = Shelf(folder / str(count))
        shelf.folder.mkdir(parents=True)
        shelf.film_all(shelf.fill(count), FILMED)
    yield from server(folder)
    yield from memory.rows(folder, COUNTS)
    yield from postgres(folder)


def server(folder: Path) -> Iterator[str]:
    """Time of a whole run of the page, in a new session, as a ratio to 100 outputs.

    A process for each number of outputs, asked in turn, so that what is compared ran next to each other.
    """
    with ExitStack() as stack:
        workers = {count: stack.enter_context(worker(folder / str(count))) for count in COUNTS}
        for words, query in QUERIES.items():
            for each in workers.values():
                ask(each, query)
            taken = [{count: ask(each, query) for count, each in workers.items()} for _ in range(PAIRS)]
            for count in COUNTS[1:]:
                label = f"gallery {words}: server time with {count:,} / with 100"
                yield row(label, [one[count] / one[100] for one in taken])


def postgres(folder: Path) -> Iterator[str]:
    """The same with the most outputs, on Postgres against SQLite."""
    most, kept = str(COUNTS[-1]), folder / "postgres"
    kept.mkdir()
    with ExitStack() as stack:
        url = stack.enter_context(start_postgres()).new_database()
        Shelf(kept, url).fill(COUNTS[-1])
        ours, theirs = (stack.enter_context(worker(*where)) for where in ((kept, url), (folder / most,)))
        for words, query in QUERIES.items():
            found = ratios(lambda asked=query: ask(ours, asked), lambda asked=query: ask(theirs, asked), PAIRS)
            yield row(f"gallery {words}: {COUNTS[-1]:,} on Postgres / on SQLite (at most 1.5)", found)


@contextmanager
def worker(folder: Path, database_url: str = "") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.bench.gallery", str(folder), database_url]
    quiet: dict[str, Any] = {"text": True, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **quiet) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def ask(process: subprocess.Popen[str], query: dict[str, object]) -> float:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(query) + "\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def work(folder: Path, database_url: str) -> None:
    """Opens the page as often as a line comes in, and answers with the seconds."""
    from streamlit.testing.v1 import AppTest

    from components.studio import open_studio

    with open_studio(Settings(data_dir=folder, database_url=database_url or None)):
        for line in sys.stdin:
            page = AppTest.from_file(str(ROOT / "pages" / "gallery.py"), default_timeout=60)
            for name, value in json.loads(line).items():
                page.query_params[name] = value
            begin = time.perf_counter()
            page.run()
            taken = time.perf_counter() - begin
            assert not page.exception, page.exception
            assert page.get("bidi_component")
            print(taken, flush=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2])
