"""Starts the whole studio as its users do, `streamlit run app.py`, for tests that kill it or drive a browser."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from components.providers import PROVIDERS
from components.settings import Settings
from tests.sandbox_server import ROOT, until

_choice = random.SystemRandom()
"""Not of a seed: the processes of a run must not choose alike."""
_ports: list[int] = []
"""Of servers of this process that are gone."""


def free_port() -> int:
    """One that nobody listens on, nor takes by chance until it is used.

    Systems choose ports of outgoing connections from 32768 on (Linux, `ip_local_port_range`; others from 49152):
    there the next connection of any test may sit on it. Browsers refuse some below 10081 (WHATWG Fetch, 2.9).
    """
    while True:
        with suppress(OSError), socket.create_server(("127.0.0.1", _choice.randint(11_000, 32_000))) as listener:
            return listener.getsockname()[1]


@contextmanager
def kept_port() -> Iterator[int]:
    """One that an earlier server had, if there is one: a browser knows that address' scripts already."""
    port = _ports.pop() if _ports else free_port()
    yield port
    _ports.append(port)


def environment(settings: Settings) -> dict[str, str]:
    """The settings as another process of ours reads them, over what this one was given.

    Never live by accident: a developer's secrets.toml may hold a real key, and a key costs money.
    """
    sandbox = "always" if settings.gateway is None else settings.sandbox
    given = {
        "STUDIO_DATA_DIR": str(settings.data_dir),
        "STUDIO_POLL_SECONDS": str(settings.poll_seconds),
        "STUDIO_SANDBOX": sandbox,
        "STUDIO_GATEWAY": settings.gateway or "",
        "STUDIO_DATABASE_URL": settings.database_url or "",
        "STUDIO_MEDIA_URL": settings.media_url or "",
        "STUDIO_NOTICE_HOSTS": ",".join(settings.notice_hosts),
        "STUDIO_PUBLIC_URL": settings.public_url or "",
        "STUDIO_SECRET": settings.shared_secret.get_secret_value() if settings.shared_secret else "",
    }
    keys = [name for kind in PROVIDERS.values() for name in kind.key_names]
    options = [option.name for kind in PROVIDERS.values() for option in kind.options]
    return os.environ | given | {name.upper(): settings.text(name) for name in keys + options}


def descendants(process: int) -> set[int]:
    """The ids of a process's children and theirs, as the system lists them at this moment."""
    found: set[int] = set()
    parents = {process}
    while parents:
        parents = {child for parent in parents for child in _children(parent)} - found
        found |= parents
    return found


def _children(process: int) -> Iterator[int]:
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        # A thread that has ended since it was listed has none.
        with suppress(FileNotFoundError, ProcessLookupError):
            yield from map(int, listed.read_text().split())


class StudioServer:
    """A server that can be killed and started again on the same data folder and address."""

    process: subprocess.Popen[bytes]

    def __init__(self, settings: Settings, port: int, **variables: str) -> None:
        self.data_dir, self.port = settings.data_dir, port
        self.url = f"http://localhost:{self.port}"
        self._log = self.data_dir.with_name(f"{self.data_dir.name}-{self.port}.log")
        self._environment = environment(settings) | variables

    def launch(self) -> None:
        """Starts the process; it may not serve yet."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={self.port}"]
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start(self) -> None:
        """Returns once it serves and its engine runs."""
        self.launch()
        until(self.healthy)

    def kill(self) -> None:
        """Ends it as a crash does."""
        self.process.kill()
        self.process.wait(60)

    def interrupt(self) -> int:
        """Ctrl+C, which reaches the whole process group; gives the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(60)

    def terminate(self) -> int:
        """What systemd and containers send first; gives the exit status."""
        self.process.terminate()
        return self.process.wait(60)

    def words(self) -> str:
        """All that it has written to the terminal."""
        return self._log.read_text(encoding="utf-8")

    def descendants(self) -> set[int]:
        """The ids of its children and theirs, as the system lists them."""
        return descendants(self.process.pid)

    def healthy(self) -> bool:
        assert self.process.poll() is None, f"the studio did not start:\n{self.words()}"
        with suppress(requests.ConnectionError, requests.Timeout):
            return requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=10).status_code == 200
        return False


@contextmanager
def start_studio(settings: Settings, *, serve: bool = True, **variables: str) -> Iterator[StudioServer]:
    """A studio on a free port, gone when the block ends; without `serve` it may still be starting."""
    with kept_port() as port:
        server = StudioServer(settings, port, **variables)
        try:
            server.start() if serve else server.launch()
            yield server
        finally:
            if server.process.poll() is None:
                server.kill()
