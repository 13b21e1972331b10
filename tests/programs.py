"""Makes sure that the programs of the browser tests are there: found here, else by Playwright or apt."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.balancers import find_nginx
from tests.browser import find_chromium

PLAYWRIGHT = [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]]


def by_apt(package: str) -> list[list[str]]:
    return [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]]


PROGRAMS: dict[str, tuple[Callable[[], str | None], list[list[list[str]]]]] = {
    "Chromium": (find_chromium, [PLAYWRIGHT, by_apt("chromium")]),
    "nginx": (find_nginx, [by_apt("nginx-light")]),
}
"""How each is found, and the ways to get it, each of commands in their order."""


def ensure(name: str) -> bool:
    """Tries each way in turn; says plainly when none worked."""
    find, ways = PROGRAMS[name]
    for way in ways:
        if find():
            break
        print(f"No {name} found; trying:", " && ".join(map(" ".join, way)), flush=True)
        for command in way:
            if shutil.which(command[0]) and subprocess.run(command, check=False).returncode:
                break
    found = find()
    print(
        f"{name} for the browser tests: {found}" if found else f"No {name} could be installed: do it by hand.",
        flush=True,
    )
    return found is not None


def main() -> int:
    """Each is tried, also where an earlier one could not be had."""
    missing = [name for name in PROGRAMS if not ensure(name)]
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
