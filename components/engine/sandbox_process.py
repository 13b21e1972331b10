"""Keeps the sandbox running as a child process on a free loopback port. Knows nothing of what it serves.

One a data folder: of several processes on it the first runs it, and the others find its address beside the folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from components.child import environment
from components.errors import NotConfigured
from components.settings import ROOT

STARTS_WITHIN = 30.0
"""Seconds that another process may need to start it."""
LOOK = 0.1


class SandboxProcess:
    """Started at the first need, started anew if it died, gone with this process even after a kill.

    Args:
        folder: where it keeps its files.
        variables: what it is given beside an environment without keys.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self._folder, self._variables = folder, variables
        self._lock = threading.Lock()
        self._ours = FileLock(folder.with_name(f"{folder.name}.lock"), thread_local=False)
        self._address = folder.with_name(f"{folder.name}.address")
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
                self._find_or_start()
            return self._url

    def _find_or_start(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._is_ours():
            # Not there yet, or gone at this moment with the process that ran it.
            with suppress(FileNotFoundError):
                self._url = self._address.read_text(encoding="ascii")
                return
            if time.monotonic() > deadline:
                raise _does_not_start()
            time.sleep(LOOK)
        self._start()
        self._tell_others()

    def _is_ours(self) -> bool:
        """Whether this process runs it; when that one ends, however it ends, the lock is free for the next."""
        try:
            self._ours.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def _tell_others(self) -> None:
        handle, draft = tempfile.mkstemp(dir=self._address.parent, prefix=f"{self._address.name}-")
        os.close(handle)
        Path(draft).write_text(self._url, encoding="ascii")
        Path(draft).replace(self._address)

    def close(self) -> None:
        """Closing its standard input asks it to go; what does not go in time is ended."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            self._address.unlink(missing_ok=True)
            _end(child)
        self._ours.release(force=True)

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
            raise _does_not_start()
        self._child, self._url = child, line.split()[1]


def _does_not_start() -> NotConfigured:
    return NotConfigured("The sandbox did not start.", "Its own words are in the terminal; restart the studio.")


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
