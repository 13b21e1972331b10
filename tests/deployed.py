"""The processes of compose.yaml without containers, with its variables and commands, behind a real balancer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import requests
import yaml

from tests.balancers import Balancer
from tests.sandbox_server import ROOT, until
from tests.studio_server import free_port

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
WEB = ("web1", "web2")


def variables(service: str) -> dict[str, str]:
    return COMPOSE[service]["environment"]


def filled(service: str, values: dict[str, str]) -> dict[str, str]:
    """Its variables as Compose fills them in."""
    return {
        name: re.sub(r"\$\{(\w+):[?-]\}", lambda found: values.get(found[1], ""), text)
        for name, text in variables(service).items()
    }


class Deployed:
    """The processes of compose.yaml, each of which can be killed and started again."""

    def __init__(
        self, balancer: type[Balancer], folder: Path, values: dict[str, str], here: dict[str, str]
    ) -> None:
        self._folder, self._values, self._here = folder, values, here
        self.ports = {name: free_port() for name in WEB}
        self.balancer = balancer(folder, [f"127.0.0.1:{port}" for port in self.ports.values()])
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, service: str, command: list[str], **own: str) -> None:
        given = filled(service, self._values | {"STUDIO_HOST": self.balancer.host})
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        with (folder / "log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | given | self._here | own, stdout=log, stderr=log
            )

    def start_web(self, name: str) -> None:
        port = str(self.ports[name])
        self.start(name, name, [sys.executable, "app.py"], PORT=port, **self._own(name))

    def start_worker(self, name: str) -> None:
        python, *rest = COMPOSE["worker"]["command"]
        assert python == "python"
        self.start(name, "worker", [sys.executable, *rest], **self._own(name))

    def start_balancer(self) -> None:
        self.start("balancer", "caddy", self.balancer.command(self._values), **self.balancer.variables)

    def _own(self, name: str) -> dict[str, str]:
        return {"STUDIO_DATA_DIR": str(self._folder / name / "data"), "STUDIO_PUBLIC_URL": self.balancer.url}

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait(60)

    def answers(self, name: str) -> int:
        """With what status a server, or the balancer, says whether it is ready; 0 where nothing answers."""
        assert self.processes[name].poll() is None, (self._folder / name / "log").read_text("utf-8")
        url = f"http://localhost:{self.ports[name]}" if name in WEB else self.balancer.url
        with suppress(requests.ConnectionError, requests.Timeout):
            return requests.get(f"{url}/readyz", timeout=10, verify=self.balancer.certificate).status_code
        return 0

    def is_ready(self, name: str) -> bool:
        return self.answers(name) == 200


@contextmanager
def deployed(*given: Any) -> Iterator[Deployed]:
    running = Deployed(*given)
    try:
        for name in WEB:
            running.start_web(name)
        for name in ("worker1", "worker2"):
            running.start_worker(name)
        running.start_balancer()
        until(lambda: all(running.is_ready(name) for name in WEB))
        until(lambda: running.answers("balancer") == 401)
        yield running
    finally:
        for name in running.processes:
            running.kill(name)
