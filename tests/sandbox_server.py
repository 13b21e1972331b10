"""Starts the real sandbox as a process for any test that needs a provider to talk to."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import requests

ROOT = Path(__file__).resolve().parent.parent
API = "api.segmind.com"
KEY = {"x-api-key": "SG_test"}
Found = TypeVar("Found")


def until(look: Callable[[], Found], seconds: float = 60.0) -> Found:
    """What `look` finds as soon as it finds anything; fails when the time is over."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds:g} s"
        time.sleep(0.05)
    return found


class SandboxServer:
    """A running sandbox."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url

    def at(self, host: str, path: str) -> str:
        """The gateway's address of `https://host/path`."""
        return f"{self.url}/{host}/{path}"

    def submit(self, body: object = None, *, api: str = "v2", slug: str = "bytedance-humo", **how: object):
        """Posts a body to a model with a good key; `how` goes to requests."""
        given = {"headers": KEY, "timeout": 60, "json": body} | how
        return requests.post(self.at(API, f"{api}/{slug}"), **given)

    def get(self, url: str, **how: object):
        return requests.get(url, **({"headers": KEY, "timeout": 60} | how))

    def result(self, request_id: str) -> requests.Response:
        """The response route's answer once the job is over, well or badly."""
        url = self.at(API, f"v2/requests/{request_id}")

        def look() -> list[requests.Response]:  # a list, because an answer that is an error counts as false
            answer = self.get(url)
            return [] if answer.json().get("status") in ("QUEUED", "PROCESSING") else [answer]

        return until(look)[0]

    def host(self, data: bytes, media_type: str) -> str:
        """Hands the sandbox a file; gives the address at which its providers can fetch it."""
        url = f"{self.url}/_sandbox/assets"
        answer = requests.post(url, data=data, headers={"Content-Type": media_type}, timeout=60)
        answer.raise_for_status()
        return answer.json()["url"]

    def ledger(self) -> dict[str, list[dict]]:
        return requests.get(f"{self.url}/_sandbox/ledger", timeout=60).json()

    def rehearse(self, **how: object) -> None:
        """Tells what the next submissions meet; without arguments, nothing out of the ordinary."""
        if how:
            requests.post(f"{self.url}/_sandbox/rehearse", json=how, timeout=60).raise_for_status()
        else:
            requests.delete(f"{self.url}/_sandbox/rehearse", timeout=60).raise_for_status()

    def hurry(self) -> None:
        """Ends the slowness that was rehearsed for what is under way."""
        requests.post(f"{self.url}/_sandbox/hurry", timeout=60).raise_for_status()

    def stop(self) -> int:
        """Ends it in good order; gives the exit status."""
        self.process.terminate()
        return self.process.wait(60)

    def kill(self) -> None:
        """Ends it as a crash does."""
        self.process.kill()
        self.process.wait(60)


@contextmanager
def start_sandbox(data_dir: Path, *arguments: str) -> Iterator[SandboxServer]:
    """A sandbox on a free port that keeps its tasks in `data_dir`; it cannot outlive the test process."""
    command = [sys.executable, "-m", "components.sandbox", "--port", "0", "--data", str(data_dir)]
    with subprocess.Popen(
        [*command, "--exit-with-parent", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            line = process.stdout.readline()
            assert line.startswith("ready "), f"the sandbox did not start: {line}{process.stderr.read()}"
            yield SandboxServer(process, line.removeprefix("ready ").strip())
        finally:
            process.terminate()
