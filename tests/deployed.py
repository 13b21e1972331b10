"""The processes of compose.yaml without containers, with its variables and commands, behind its Caddyfile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests
import yaml

from tests.sandbox_server import ROOT, until
from tests.studio_server import free_port

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
CADDY = str(Path(sys.executable).with_name("caddy"))
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

    def __init__(self, folder: Path, values: dict[str, str], here: dict[str, str]) -> None:
        self._folder, self._values, self._here = folder, values, here
        self.ports = {name: free_port() for name in (*WEB, "caddy")}
        self.url = f"http://localhost:{self.ports['caddy']}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, service: str, command: list[str], **own: str) -> None:
        given = filled(service, self._values | {"STUDIO_HOST": f"localhost:{self.ports['caddy']}"})
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

    def start_caddy(self) -> None:
        servers = " ".join(f"127.0.0.1:{self.ports[name]}" for name in WEB)
        command = [CADDY, "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
        self.start("caddy", "caddy", command, SITE=self.url, STUDIO_SERVERS=servers)

    def _own(self, name: str) -> dict[str, str]:
        return {"STUDIO_DATA_DIR": str(self._folder / name / "data"), "STUDIO_PUBLIC_URL": self.url}

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait(60)

    def answers(self, name: str, path: str) -> int:
        with suppress(requests.ConnectionError, requests.Timeout):
            return requests.get(f"http://localhost:{self.ports[name]}{path}", timeout=10).status_code
        return 0

    def is_ready(self, name: str) -> bool:
        assert self.processes[name].poll() is None, (self._folder / name / "log").read_text("utf-8")
        return self.answers(name, "/readyz") == 200


@contextmanager
def deployed(*given: object) -> Iterator[Deployed]:
    running = Deployed(*given)
    try:
        for name in WEB:
            running.start_web(name)
        for name in ("worker1", "worker2"):
            running.start_worker(name)
        running.start_caddy()
        until(lambda: all(running.is_ready(name) for name in WEB))
        until(lambda: running.answers("caddy", "/readyz") == 401)
        yield running
    finally:
        for name in running.processes:
            running.kill(name)
