"""The Dockerfile without Docker: its files exist, it is nobody's root, and what it copies starts and is well."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox_server import until
from tests.studio_server import free_port

ROOT = Path(__file__).resolve().parents[1]
LOGICAL = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text("utf-8"))
STEPS = [tuple(line.split(None, 1)) for line in LOGICAL.splitlines() if line and not line.startswith("#")]
LAST = STEPS[max(number for number, (word, _) in enumerate(STEPS) if word == "FROM") :]


def steps(word: str, among: list[tuple[str, str]] = LAST) -> list[str]:
    return [rest for step, rest in among if step == word]


def copies(among: list[tuple[str, str]] = STEPS) -> list[tuple[list[str], str]]:
    """Sources of our own tree, and the place that they are copied to."""
    own = [shlex.split(rest) for rest in steps("COPY", among) if not rest.startswith("--from=")]
    return [(words[:-1], words[-1]) for words in own]


def command(rest: str) -> list[str]:
    """An exec form, run by this Python."""
    words = json.loads(rest[rest.index("[") :])
    assert words[0] == "python"
    return [sys.executable, *words[1:]]


def test_image_when_built_then_all_that_it_copies_is_here_and_let_through():
    wanted = {source for sources, _ in copies() for source in sources}
    assert [source for source in wanted if not (ROOT / source).exists()] == []
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == wanted


def test_image_when_built_then_it_installs_by_hash_and_copies_no_secret():
    assert "--require-hashes" in " ".join(steps("RUN", STEPS))
    assert not any("secret" in source or source in (".", "data") for sources, _ in copies() for source in sources)


def test_image_when_run_then_it_is_not_root_keeps_its_data_in_a_volume_and_is_asked_how_it_is():
    (user,) = steps("USER")
    assert user not in ("root", "0")
    assert re.search(rf"useradd .*\b{user}\b", " ".join(steps("RUN")))
    env = dict(pair.split("=", 1) for rest in steps("ENV") for pair in shlex.split(rest))
    assert steps("VOLUME") == [env["STUDIO_DATA_DIR"]]
    assert steps("EXPOSE") == [env["PORT"]]
    assert env["STUDIO_ADDRESS"] == "0.0.0.0"
    assert "STUDIO_OPEN" not in env, "who starts it decides"
    assert "/healthz" in steps("HEALTHCHECK")[0]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What the image would hold, and nothing else of the repository."""
    folder = tmp_path / "studio"
    for sources, place in copies(LAST):
        for source in sources:
            target = folder / place / Path(source).name if place.endswith("/") else folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, target)
    return folder


@pytest.fixture
def running(tree: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, str]]]:
    """The image's own command, on a port and a data folder of this test's."""
    given = dict(pair.split("=", 1) for rest in steps("ENV") for pair in shlex.split(rest) if pair[:5] != "PATH=")
    own = {"PORT": str(free_port()), "STUDIO_ADDRESS": "127.0.0.1", "STUDIO_DATA_DIR": str(tmp_path / "data")}
    env = os.environ | given | own | {"STUDIO_SANDBOX": "always"}
    process = subprocess.Popen(command(steps("CMD")[0]), cwd=tree, env=env, stdin=subprocess.DEVNULL)
    try:
        yield process, env
    finally:
        process.kill()
        process.wait(60)


def test_image_when_started_then_it_becomes_healthy_writes_only_data_and_stops_when_told(running, tree):
    process, env = running
    before = sorted(tree.rglob("*"))

    def check() -> int:
        asked = command(steps("HEALTHCHECK")[0])
        return subprocess.run(asked, env=env, capture_output=True, check=False, timeout=60).returncode

    def serves() -> bool:
        assert process.poll() is None, "it ended"
        with socket.socket() as door:
            return door.connect_ex(("127.0.0.1", int(env["PORT"]))) == 0

    until(serves)
    until(lambda: check() == 0)
    assert sorted(tree.rglob("*")) == before
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) is not None
    assert check() != 0
