"""One studio a data folder, and a server that comes and goes quietly."""

from __future__ import annotations

import stat

import pytest

from components.errors import DataDirInUse, StillRunning
from components.studio import open_studio
from tests.studio_server import start_studio


def test_studio_when_the_folder_is_in_use_then_refused_with_a_sentence(live):
    with open_studio(live), pytest.raises(DataDirInUse, match="already running") as refused, open_studio(live):
        pass
    assert "STUDIO_DATA_DIR" in refused.value.hint
    with open_studio(live) as again:
        assert again.generations.recent() == []


def test_folder_when_made_then_only_its_owner_may_look(live):
    with open_studio(live):
        assert stat.S_IMODE(live.data_dir.stat().st_mode) == 0o700


def test_server_when_the_folder_is_in_use_then_says_so_and_fails(live):
    with open_studio(live), start_studio(live, serve=False) as second:
        assert second.process.wait(60) == 1
        assert "Another studio is already running" in second.words()
        assert "Traceback" not in second.words()


def test_server_when_interrupted_then_ends_quietly_and_the_folder_is_free(live):
    with start_studio(live) as server:
        assert server.interrupt() >= 0
        assert "Traceback" not in server.words()
    with open_studio(live) as after:
        assert after.generations.recent() == []


def test_wait_when_the_time_is_over_then_says_so_and_the_job_goes_on(live, sandbox, submit):
    sandbox.rehearse(slow_seconds=1)
    with open_studio(live) as studio:
        job = submit(studio)
        with pytest.raises(StillRunning, match="goes on"):
            studio.wait(job.id, 0)
        assert studio.wait(job.id, 60).state == "done"


def test_threads_when_a_studio_closes_then_the_next_one_has_a_clean_start(live, submit):
    for _ in range(2):
        with open_studio(live) as studio:
            assert studio.wait(submit(studio).id, 60).state == "done"
    assert list((live.data_dir / "incoming").iterdir()) == []
