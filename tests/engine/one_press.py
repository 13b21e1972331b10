"""A process that enqueues one generation for `local` when it is told to, and says what became of it.

python -m tests.engine.one_press DATABASE_URL: prints `ready`, waits for a line, prints `taken` or `refused`.
"""

from __future__ import annotations

import sys
import uuid
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa

from components.catalog.reserve import Reserve
from components.engine.runtime import Engine
from components.errors import CeilingReached
from components.library.ceilings import TEAM, Ceilings
from components.library.database import open_database
from components.library.generations import Generations

DOLLAR = Reserve(Decimal(1), "estimate")
HUMO = {"model": "segmind/humo", "parameters": {}}


class NoJobs:
    """In place of the queue: what is tested is the row beside it."""

    def enqueue_in_transaction(self, *_: object) -> None:
        pass


def press(database: sa.Engine, owner: str = "local", reserved: Reserve | None = DOLLAR) -> bool:
    """Whether a generation of one dollar was taken."""
    engine = Engine(database, cast(Any, None), cast(Any, NoJobs()), works=False)
    rows, ceilings = Generations(database, owner), [Ceilings(database, each) for each in (TEAM, owner)]
    try:
        engine.enqueue(rows, ceilings, uuid.uuid4().hex, reserved, **HUMO, sandbox=reserved is None)
    except CeilingReached:
        return False
    return True


if __name__ == "__main__":
    opened = open_database(sys.argv[1])
    opened.connect().close()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write("taken\n" if press(opened) else "refused\n")
    opened.dispose()
