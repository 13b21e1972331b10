"""Prints the table, or the parts of it that are named: `python -m tests.bench [takes] [lockstep] ...`."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import children, crowd, export, gallery, kills, lockstep, machines, push, sizing, takes
from tests.bench.rows import HEAD

PARTS: dict[str, Callable[[Path], Iterator[str]]] = {
    "takes": takes.rows,
    "lockstep": lockstep.rows,
    "gallery": gallery.rows,
    "export": export.rows,
    "push": push.rows,
    "children": children.rows,
    "kills": kills.rows,
    "machines": machines.rows,
    "crowd": crowd.rows,
    "sizing": sizing.rows,
}


def main(wanted: list[str]) -> None:
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"There is no part called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(HEAD, flush=True)
    for part in wanted or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            for line in PARTS[part](Path(folder)):
                print(line, flush=True)


main(sys.argv[1:])
