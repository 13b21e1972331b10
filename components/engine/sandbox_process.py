"""Keeps the sandbox running as a child process on a free loopback port. Knows nothing of what it serves."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from components.child import environment
from components.errors import NotConfigured
from components.settings import ROOT


class SandboxProcess:
    """Started at the first need, started anew if it died, gone with this process even after a kill.

    Args:
        folder: where it keeps its files.
        variables: what it is given beside an environment without keys.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self._folder, self._variables = folder, variables
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._url = ""

    def url(self) -> str:
        """The base address of the running sandbox.

        Raises:
            NotConfigured: it does not start.
        """
        with self._lock:
            if self._child is not None and self._child.poll() is not None:
                _end(self._child)
                self._child = None
            if self._child is None:
                self._start()
            return self._url

    def close(self) -> None:
        """Closing its standard input asks it to go; what does not go in time is ended."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            _end(child)

    def _start(self) -> None:
        command = [sys.executable, "-m", "components.sandbox", "--port", "0", "--exit-with-parent"]
        child = subprocess.Popen(  # noqa: S603 -- our own interpreter, no outside words
            [*command, "--data", str(self._folder)],
            cwd=ROOT,
            env=environment(**self._variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Its own session: Ctrl+C in the terminal is for the server, which still finishes its sends.
            start_new_session=True,
        )
        line = child.stdout.readline() if child.stdout else ""
        if not line.startswith("ready http://"):
            _end(child)
            raise NotConfigured(
                "The sandbox did not start.", "Its own words are in the terminal; restart the studio."
            )
        self._child, self._url = child, line.split()[1]


def _end(child: subprocess.Popen[str]) -> None:
    """Asks it to go, ends what does not, and lets go of its pipes."""
    if child.stdin:
        child.stdin.close()
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdout:
        child.stdout.close()
