"""A rolling update: a worker of the commit before works beside those of this one, and hands over to them."""

from __future__ import annotations

import io
import signal
import subprocess
import tarfile

import pytest

from components.studio import open_studio
from tests.sandbox_server import ROOT, until

WORKER = "components/engine/worker.py"


def git(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)


@pytest.fixture
def before(tmp_path):
    """The code of the commit before; of this commit where the clone reaches back no further."""
    commit = "HEAD~1" if git("cat-file", "-e", f"HEAD~1:{WORKER}").returncode == 0 else "HEAD"
    folder, packed = tmp_path / "before", git("archive", "--format=tar", commit, "components")
    assert packed.returncode == 0, packed.stderr
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def test_worker_when_the_studio_is_updated_beside_it_then_both_work_and_what_it_holds_is_handed_over(
    before, shared, start, submit, sandbox, ledger
):
    old = start(shared, before).works()
    with open_studio(shared, works=False) as web:
        assert web.wait(submit(web).id, 120).state == "done"
        sandbox.rehearse(slow_seconds=3600)
        held = submit(web)
        until(lambda: web.generations.get(held.id).state == "running")
        start(shared).works()
        assert {web.wait(one.id, 120).state for one in [submit(web) for _ in range(4)]} == {"done"}
        old.process.send_signal(signal.SIGTERM)
        assert old.ends() == 0, old.words()
        sandbox.hurry()
        assert web.wait(held.id, 120).state == "done"
    assert len(ledger.paid()) == 6
