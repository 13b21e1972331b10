"""Makes sure that there is a Chromium for the browser tests: one found here, else Playwright's, else apt's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser import find_chromium

WAYS = (
    [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]],
    [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]],
)


def main() -> int:
    """Tries each way in turn; says plainly when none worked."""
    for way in WAYS:
        if find_chromium():
            break
        print("No Chromium found; trying:", " && ".join(map(" ".join, way)), flush=True)
        for command in way:
            if shutil.which(command[0]) and subprocess.run(command, check=False).returncode:
                break
    found = find_chromium()
    print(f"Chromium for the browser tests: {found}" if found else "No Chromium could be installed.", flush=True)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
