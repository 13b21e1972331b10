"""Starts the player's test page on a free port, with a folder of clips."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.clips import make_clip
from tests.e2e.watching import wait_for
from tests.studio_server import kept_port

HERE = Path(__file__).parent
# Seconds, colour, hum, and what is unusual: an upright one of 30 frames a second, one without sound of 24.
Kinds = dict[str, tuple[Any, ...]]
CLIPS: Kinds = {
    "a": (4.0, 150, 220),
    "b": (3.88, 14, 330),
    "c": (3.2, 110, 440),
    "d": (4.0, 190, 550),
    "e": (3.0, 60, 660, (360, 640), 30),
    "f": (3.5, 230, None, (640, 360), 24),
}


def make_clips(folder: Path, kinds: Kinds) -> None:
    """A file of each kind, by its name; the encoder works beside the drawing."""
    with ThreadPoolExecutor(2) as pool:
        for made in [pool.submit(make_clip, folder / f"{name}.mp4", *kind) for name, kind in kinds.items()]:
            made.result()


@contextmanager
def start_player(clips: Path) -> Iterator[str]:
    """Its address, until the block ends."""
    with kept_port() as port:
        yield from _serve(clips, port)


def _serve(clips: Path, port: int) -> Iterator[str]:
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "player_app.py")]
    command += ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    command += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    env = os.environ | {"PLAYER_CLIPS": str(clips), "PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(command, cwd=clips, env=env, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
