"""Runs `python -m components.engine.worker` as a process that a test can stop or kill."""

from __future__ import annotations

import select
import subprocess
import sys
from pathlib import Path

from components.settings import Settings
from tests.sandbox_server import ROOT
from tests.studio_server import environment


class Worker:
    """`python -m components.engine.worker`, of the code that lies in a folder."""

    def __init__(self, settings: Settings, log: Path, code: Path = ROOT) -> None:
        command = [sys.executable, "-m", "components.engine.worker"]
        self._log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                command, cwd=code, env=environment(settings), stdout=subprocess.PIPE, stderr=file, text=True
            )

    def works(self) -> Worker:
        """Returns once it takes work; fails where it does not within a minute."""
        assert select.select([self.process.stdout], [], [], 60)[0], self.words()
        assert self.process.stdout.readline() == "working\n"
        return self

    def ends(self) -> int:
        return self.process.wait(60)

    def words(self) -> str:
        """All that it has said of what went wrong."""
        return self._log.read_text("utf-8")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
