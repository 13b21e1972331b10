"""`python -m components.engine.worker`: does the work of a studio on Postgres, on as many machines as you like.

Runs until it is told to stop (SIGTERM, Ctrl+C). What it has in hand then, another worker goes on with.
"""

from __future__ import annotations

import signal
import sys
import threading

from components import logs
from components.engine.runtime import run_engine
from components.errors import StudioError
from components.settings import Settings
from components.starting import read_settings

LOOK = 0.5
ALONE = (
    "This studio keeps its work in SQLite, where the server itself does it. "
    "Set STUDIO_DATABASE_URL to a Postgres database to run workers beside it."
)


def main() -> int:
    try:
        settings = read_settings()
        logs.set_up(settings.log)
        if not settings.many_machines:
            print(ALONE, file=sys.stderr)  # noqa: T201
            return 2
        return work(settings)
    except StudioError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


def work(settings: Settings) -> int:
    """Works until a signal comes; raises as `run_engine` does."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    with run_engine(settings):
        print("working", flush=True)  # noqa: T201
        # In short turns: a wait without an end never hears of a signal that another thread was given.
        while not told.wait(LOOK):
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
