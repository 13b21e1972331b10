"""A backup of a studio at work, put into another folder: what was under way comes home, nothing is paid twice."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import requests

from components.library.records import Generation
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.crash.conftest import looking_in, playable, settled
from tests.sandbox_server import ROOT, until
from tests.studio_server import environment

pytestmark = pytest.mark.crash

JOBS = 3
PATIENT = {"poll_seconds": 600.0}
"""A studio that asks once and then leaves what it has sent under way."""


def command(settings: Settings, way: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What `make backup` and `make restore` run, on the settings' data folder."""
    call = [sys.executable, "-m", "components.studio.backup", way, str(folder)]
    return subprocess.run(call, cwd=ROOT, env=environment(settings), capture_output=True, text=True, check=False)


@pytest.fixture
def moved(tmp_path: Path) -> Callable[[Settings], Settings]:
    """The same settings on another data folder, filled from a backup that was made there before."""

    def moved(settings: Settings) -> Settings:
        other = settings.model_copy(update={"data_dir": tmp_path / "moved", "poll_seconds": 0.05})
        put_back = command(other, "from", tmp_path / "backup")
        assert put_back.returncode == 0, put_back.stderr
        return other

    return moved


def back_up(settings: Settings, folder: Path) -> None:
    made = command(settings, "to", folder)
    assert made.returncode == 0, made.stderr


def states(settings: Settings, ids: list[str]) -> list[str]:
    with looking_in(settings) as rows:
        return [rows.get(one).state for one in ids]


def backed_up_waiting(settings: Settings, job_id: str, folder: Path) -> bool:
    """Makes a backup; whether the generation waits in it. It leaves again every few seconds, also meanwhile."""
    shutil.rmtree(folder, ignore_errors=True)
    back_up(settings, folder)
    return states(settings.model_copy(update={"data_dir": folder}), [job_id]) == ["queued"]


def finished(studio: Studio, ids: list[str]) -> list[Generation]:
    return [studio.wait(one, 60) for one in ids]


def backed_up_at_work(settings, doomed, backup):
    """The ids of jobs that ran while the backup was made; their server is dead."""
    with doomed(settings.model_copy(update=PATIENT), jobs=JOBS) as server:
        ids = server.job_ids(JOBS)
        until(lambda: states(settings, ids) == ["running"] * JOBS)
        back_up(settings, backup)
        server.kill()
    return ids


def test_backup_when_made_at_work_then_another_folder_brings_all_home_and_pays_nothing(
    live, sandbox, ledger, doomed, moved, tmp_path
):
    with doomed(live) as first:
        (done,) = first.job_ids(1)
        until(lambda: states(live, [done]) == ["done"])
    sandbox.rehearse(slow_seconds=4, times=JOBS)
    ids = backed_up_at_work(live, doomed, tmp_path / "backup")
    with open_studio(other := moved(live)) as studio:
        jobs = finished(studio, [done, *ids])
    assert [job.state for job in jobs] == ["done"] * (1 + JOBS)
    assert all(playable(other, job) for job in jobs)
    assert len(ledger.paid()) == 1 + JOBS


def test_backup_when_the_sandbox_is_its_own_then_its_tasks_are_in_it(settings, doomed, moved, tmp_path):
    ids = backed_up_at_work(settings, doomed, tmp_path / "backup")
    with open_studio(other := moved(settings)) as studio:
        jobs = finished(studio, ids)
        gateway = studio._engine.context.connections.gateway(sandbox=True)
        ledger = requests.get(f"{gateway}/_sandbox/ledger", timeout=10).json()
    assert [job.state for job in jobs] == ["done"] * JOBS
    assert all(playable(other, job) for job in jobs)
    assert len(ledger["paid"]) == JOBS


def test_backup_when_one_waited_in_it_that_was_sent_afterwards_then_it_is_found_and_not_sent_again(
    live, sandbox, ledger, doomed, moved, tmp_path
):
    sandbox.rehearse(answer=429, times=100)
    with doomed(live.model_copy(update=PATIENT)) as server:
        (job_id,) = server.job_ids(1)
        until(lambda: ledger.refused())
        until(lambda: backed_up_waiting(live, job_id, tmp_path / "backup"))
        sandbox.rehearse()
        settled(ledger, 1)
        server.kill()
    with open_studio(moved(live)) as studio:
        (job,) = finished(studio, [job_id])
        assert (job.state, job.doubtful, len(ledger.paid())) == ("done", False, 1)


def test_backup_when_looked_at_then_it_is_its_owners_and_holds_keys_and_secret(live, moved, tmp_path):
    with open_studio(live) as studio:
        studio.accounts.keep_key("runware", {"runware_api_key": "RW_typed"})
        back_up(live, tmp_path / "backup")
        token = studio.files.url("outputs/a-0.mp4")
    other = moved(live)
    for folder in (tmp_path / "backup", other.data_dir):
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
        assert {path for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == set()
    with open_studio(other) as studio:
        assert studio.files.url("outputs/a-0.mp4") == token
        assert (
            studio._engine.context.keys.get(["runware_api_key"])["runware_api_key"].get_secret_value()
            == "RW_typed"
        )


@pytest.fixture
def backup(live: Settings, tmp_path: Path) -> Path:
    with open_studio(live):
        back_up(live, tmp_path / "backup")
    return tmp_path / "backup"


def refused(settings: Settings, way: str, folder: Path) -> str:
    answer = command(settings, way, folder)
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_restore_when_the_folder_is_not_empty_or_a_studio_runs_there_then_refused(live, backup):
    assert "is not empty" in refused(live, "from", backup)
    with open_studio(live):
        assert "already running" in refused(live, "from", backup)


def test_restore_when_the_backup_is_newer_damaged_or_cut_off_then_refused_and_the_folder_stays_empty(
    live, backup, tmp_path
):
    empty = live.model_copy(update={"data_dir": tmp_path / "empty"})
    with closing(sqlite3.connect(backup / "studio.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in refused(empty, "from", backup)
    (backup / "studio.db").write_bytes(b"no database at all" * 1000)
    assert "is damaged" in refused(empty, "from", backup)
    (backup / "backup.json").unlink()
    assert "no whole backup" in refused(empty, "from", backup)
    assert not empty.data_dir.exists()


def test_backup_when_its_place_is_not_fit_or_there_is_nothing_then_refused(live, backup, tmp_path):
    assert "is not empty" in refused(live, "to", backup)
    assert "within what it is of" in refused(live, "to", live.data_dir / "backup")
    nowhere = live.model_copy(update={"data_dir": tmp_path / "nowhere"})
    assert "no studio's data" in refused(nowhere, "to", tmp_path / "other")
    assert not (tmp_path / "other").exists()
