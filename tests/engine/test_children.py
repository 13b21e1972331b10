"""What the children of a studio can see of its secrets: no key, in their real environments."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from components.studio import open_studio
from tests.conftest import HUMO
from tests.sandbox_server import ROOT, start_sandbox
from tests.studio_server import descendants

TYPED = {"prompt": "A lighthouse", "mode": "TA", "audio": "https://example.com/hello.mp3", "frames": 10}
SECRET = "never-to-be-handed-down"


def environments(top: int) -> list[str]:
    """Of every process below that one, as the system tells them."""
    found = []
    for pid in descendants(top):
        # One that has ended since it was listed shows nothing any more.
        with suppress(FileNotFoundError, ProcessLookupError):
            found.append(Path(f"/proc/{pid}/environ").read_text(errors="replace"))
    return found


def test_children_when_keys_are_in_the_environment_then_none_sees_one(settings, monkeypatch):
    for name in ("SEGMIND_API_KEY", "AWS_SECRET_ACCESS_KEY", "STUDIO_DATABASE_PASSWORD"):
        monkeypatch.setenv(name, SECRET)
    with open_studio(settings.model_copy(update={"sandbox": "always"})) as studio:
        made = studio.wait(studio.submit(HUMO, TYPED).id, 60)
        assert made.state == "done"
        seen = environments(os.getpid())
    assert len(seen) >= 2  # the sandbox and its renderer
    assert not any(SECRET in words for words in seen)


def test_renderer_when_a_sandbox_of_its_own_has_keys_then_it_sees_none(tmp_path, monkeypatch):
    monkeypatch.setenv("SEGMIND_API_KEY", SECRET)
    with start_sandbox(tmp_path) as sandbox:
        made = sandbox.result(sandbox.submit(TYPED).json()["request_id"]).json()
        seen = environments(sandbox.process.pid)
    assert made["status"] == "COMPLETED"
    assert seen
    assert not any(SECRET in words for words in seen)


def test_sandbox_when_a_secrets_file_is_there_then_it_is_not_read(tmp_path):
    """Broken on purpose: whoever reads it, fails."""
    broken = tmp_path / "secrets.toml"
    broken.write_text("= nothing that TOML knows")
    program = (
        "import pathlib, runpy, components.settings as settings\n"
        f"settings.SECRETS = pathlib.Path({str(broken)!r})\n"
        "runpy.run_module('components.sandbox', run_name='__main__')"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "--port",
        "0",
        "--data",
        str(tmp_path / "data"),
        "--exit-with-parent",
    ]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("ready http://"), done.stderr
