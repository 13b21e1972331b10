"""Starts the whole studio as its users do, `streamlit run app.py`, for tests that kill it or drive a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.sandbox_server import until

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class StudioServer:
    """A studio that can be killed and started again on the same data folder and address."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir, self.port = data_dir, free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        # Never live by accident: a developer's secrets.toml may hold a real key, which costs money.
        self._environment = (
            os.environ | {"STUDIO_DATA_DIR": str(data_dir), "STUDIO_SANDBOX": "always"} | environment
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it serves."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={self.port}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        until(self._serves)

    def kill(self) -> None:
        """Ends it as a crash does."""
        self._end(signal.SIGKILL)

    def interrupt(self) -> int:
        """Ends it as Ctrl+C does; gives the exit status."""
        return self._end(signal.SIGINT)

    def output(self) -> str:
        """All that it has written to the terminal."""
        return self.log.read_text(encoding="utf-8")

    def _serves(self) -> bool:
        assert self.process, "start it first"
        assert self.process.poll() is None, f"the studio did not start:\n{self.output()}"
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=5).ok
        except requests.ConnectionError:
            return False

    def _end(self, how: signal.Signals) -> int:
        assert self.process, "start it first"
        self.process.send_signal(how)
        return self.process.wait(30)


@contextmanager
def start_studio(data_dir: Path, **environment: str) -> Iterator[StudioServer]:
    """A studio on a free port; `environment` goes over the process's own."""
    server = StudioServer(data_dir, **environment)
    try:
        server.start()
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.process.kill()
            server.process.wait(20)
