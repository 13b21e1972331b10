"""The commands behind `make backup` and `make restore`.

python -m components.studio.backup to FOLDER
python -m components.studio.backup from FOLDER
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from components.errors import StudioError
from components.library.backup import back_up
from components.library.restore import restore
from components.starting import read_settings


def main() -> None:
    """Does what the command line says; ends with status 1 and a sentence where it cannot."""
    parser = argparse.ArgumentParser(
        prog="python -m components.studio.backup", description="Copies a data folder."
    )
    parser.add_argument("way", choices=("to", "from"), help="to: make a backup there; from: put that one back")
    parser.add_argument("folder")
    asked = parser.parse_args()
    if not asked.folder:
        sys.exit("\n  Name a folder: make backup TO=folder, make restore FROM=folder.\n")
    folder = Path(asked.folder).expanduser()
    try:
        settings = read_settings()
        note = back_up(settings, folder) if asked.way == "to" else restore(settings, folder)
    except StudioError as error:
        sys.exit(f"\n  {error}\n")
    done = f"{settings.data_dir} is now also in" if asked.way == "to" else f"{settings.data_dir} is filled from"
    sys.stdout.write(f"{done} {folder}.\n\n{note}")


if __name__ == "__main__":
    main()
