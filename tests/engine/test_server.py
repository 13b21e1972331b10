"""One studio a data folder, and a server that comes and goes quietly."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from components.errors import CannotStart, DataDirInUse, StillRunning
from components.studio import open_studio
from tests.sandbox_server import ROOT, until
from tests.studio_server import environment, free_port, start_studio


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


def _beside_a_file(folder):
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where a folder should be")


def _damaged(folder):
    folder.mkdir(parents=True)
    (folder / "studio.db").write_bytes(b"no database at all" * 1000)


def _newer(folder):
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "studio.db")) as database, database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")


UNFIT = [
    (_beside_a_file, "cannot be used"),
    (_damaged, "is damaged"),
    (_newer, "newer version of the studio"),
]


@pytest.mark.parametrize(("make", "said"), UNFIT, ids=["folder", "damaged", "newer"])
def test_studio_when_what_it_works_with_is_unfit_then_refused_with_a_sentence_and_nothing_is_harmed(
    settings, make, said
):
    make(settings.data_dir)
    before = _content(settings.data_dir)
    with pytest.raises(CannotStart, match=said) as refused, open_studio(settings):
        pass
    assert "STUDIO_DATA_DIR" in refused.value.hint
    assert _content(settings.data_dir) == before


def _content(folder) -> bytes:
    """The last of the file; what SQLite notes of how it was opened stands at its beginning."""
    return (folder / "studio.db" if folder.is_dir() else folder).read_bytes()[-1000:]


def test_server_when_the_database_is_damaged_then_says_so_and_exits_with_status_1(settings):
    _damaged(settings.data_dir)
    with start_studio(settings, serve=False) as server:
        assert server.process.wait(60) == 1
        assert "is damaged" in server.words()
        assert "Traceback" not in server.words()


UNFIT_SETTINGS = {
    "a port that is none": ("PORT", "many", "PORT does not fit"),
    "a wait below nothing": ("STUDIO_STOP_SECONDS", "-1", "STUDIO_STOP_SECONDS does not fit"),
    "an address without a scheme": ("STUDIO_GATEWAY", "localhost", "must start with http"),
}


@pytest.mark.parametrize("served", [("app.py",), ("-m", "streamlit", "run", "app.py")], ids=["make", "streamlit"])
@pytest.mark.parametrize(("name", "value", "said"), UNFIT_SETTINGS.values(), ids=UNFIT_SETTINGS)
def test_server_when_a_setting_does_not_fit_then_says_which_and_exits_with_status_1(
    settings, served, name, value, said
):
    given = environment(settings) | {"STREAMLIT_SERVER_PORT": str(free_port()), name: value}
    done = subprocess.run(
        [sys.executable, *served], cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert said in done.stderr
    assert "start again" in done.stderr


@pytest.mark.parametrize("served", [("app.py",), ("-m", "streamlit", "run", "app.py")], ids=["make", "streamlit"])
def test_server_when_others_could_reach_it_and_nobody_decided_so_then_says_what_to_set_and_exits(settings, served):
    everywhere = {"STUDIO_ADDRESS": "0.0.0.0", "STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    ports = dict.fromkeys(("PORT", "STREAMLIT_SERVER_PORT"), str(free_port()))
    done = subprocess.run(
        [sys.executable, *served],
        cwd=ROOT,
        env=environment(settings) | everywhere | ports,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "STUDIO_OPEN=yes" in done.stderr


def test_server_when_it_is_opened_by_decision_then_it_serves(settings):
    with start_studio(settings, STREAMLIT_SERVER_ADDRESS="0.0.0.0", STUDIO_OPEN="yes") as server:
        assert server.healthy()


def test_wait_when_the_time_is_over_then_says_so_and_the_job_goes_on(live, sandbox, submit):
    sandbox.rehearse(slow_seconds=3600)
    with open_studio(live) as studio:
        job = submit(studio)
        with pytest.raises(StillRunning, match="goes on"):
            studio.wait(job.id, 0)
        until(lambda: studio.generations.get(job.id).state == "running")
        sandbox.hurry()
        assert studio.wait(job.id, 60).state == "done"


def test_threads_when_a_studio_closes_then_the_next_one_has_a_clean_start(live, submit):
    for _ in range(2):
        with open_studio(live) as studio:
            assert studio.wait(submit(studio).id, 60).state == "done"
    assert list((live.data_dir / "incoming").iterdir()) == []
