"""Starts the real server, `streamlit run app.py`, with no browser anywhere."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from components.settings import Settings
from tests.sandbox_server import ROOT, until


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def environment(settings: Settings) -> dict[str, str]:
    """The settings as another process of ours reads them."""
    key = settings.segmind_api_key
    given = {
        "STUDIO_DATA_DIR": str(settings.data_dir),
        "STUDIO_POLL_SECONDS": str(settings.poll_seconds),
        "STUDIO_SANDBOX": settings.sandbox,
        "STUDIO_GATEWAY": settings.gateway or "",
        "SEGMIND_API": settings.segmind_api,
        "SEGMIND_API_KEY": key.get_secret_value() if key else "",
    }
    return os.environ | given


class AppServer:
    """The server's process and all that it started; its words go to a file."""

    def __init__(self, settings: Settings, words: Path) -> None:
        self.port, self._words = free_port(), words
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        with words.open("w") as out:
            self.process = subprocess.Popen(
                [*command, "--server.port", str(self.port)],
                cwd=ROOT,
                env=environment(settings),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def words(self) -> str:
        return self._words.read_text()

    def healthy(self) -> bool:
        assert self.process.poll() is None, self.words()
        with suppress(requests.ConnectionError):
            return requests.get(f"{self.url}/healthz", timeout=10).status_code == 200
        return False

    def descendants(self) -> set[int]:
        """The ids of its children and theirs, as the system lists them."""
        found, parents = set(), {self.process.pid}
        while parents:
            listed = [Path(f"/proc/{parent}/task").glob("*/children") for parent in parents]
            parents = {int(pid) for files in listed for file in files for pid in file.read_text().split()} - found
            found |= parents
        return found

    def interrupt(self) -> int:
        """Ctrl+C, which reaches the whole process group; gives the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(40)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)


@contextmanager
def start_app(settings: Settings, words: Path, *, healthy: bool = True) -> Iterator[AppServer]:
    """A running server; with `healthy` it has answered. It is gone when the block ends."""
    server = AppServer(settings, words)
    try:
        if healthy:
            until(server.healthy, 60)
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()
