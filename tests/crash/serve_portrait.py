"""Runs a studio without a browser, submits one portrait to Runware and waits for it; it is there to be killed.

python -m tests.crash.serve_portrait VOICE PORTRAIT prints the job's id.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from components.settings import Settings
from components.studio import open_studio


def main(voice: str, portrait: str) -> None:
    with open_studio(Settings()) as studio:
        files = {
            "audio": studio.add_asset(Path(voice)).id,
            "referenceImages": studio.add_asset(Path(portrait)).id,
        }
        print(studio.submit("runware/omnihuman-1", files | {"numberResults": 2}).id, flush=True)
        while studio.generations.under_way():
            time.sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
