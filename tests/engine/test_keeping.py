"""The engine's own rows of finished jobs go after a while; a job that goes on, and what was made, stay."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from components.engine import runtime
from components.settings import Settings
from components.studio import open_studio
from tests.sandbox_server import until

AGE = 31 * runtime.DAY


def jobs(studio, table="workflow_status"):
    with studio._engine.database.connect() as connection:
        return set(connection.execute(sa.text(f"SELECT workflow_uuid FROM {table}")).scalars())


def ended(studio, job):
    """Once the engine, too, knows that it is over, which it notes a moment later."""
    over = sa.text("SELECT 1 FROM workflow_status WHERE workflow_uuid = :id AND status = 'SUCCESS'")
    with studio._engine.database.connect() as connection:
        return connection.execute(over, {"id": job.id}).first()


def make_old(studio, *, but=""):
    """All that the engine has noted so far but one job."""
    older = sa.text(
        "UPDATE workflow_status SET created_at = created_at - :age, completed_at = completed_at - :age "
        "WHERE workflow_uuid != :but"
    )
    with studio._engine.database.begin() as connection:
        connection.execute(older, {"age": AGE * 1000, "but": but})


def finished(studio, submit):
    job = studio.wait(submit(studio).id, 60)
    until(lambda: ended(studio, job))
    return job


def test_jobs_when_finished_for_long_then_their_rows_go_and_all_else_stays(live, sandbox, submit, monkeypatch):
    monkeypatch.setattr(runtime, "BATCH", 2)
    with open_studio(live) as studio:
        done = [finished(studio, submit) for _ in range(4)]
        sandbox.rehearse(slow_seconds=600)
        slow = submit(studio)
        until(lambda: studio.generations.get(slow.id).state == "running")
        make_old(studio, but=done[-1].id)
        assert studio._engine.forget_finished(time.time()) == 3
        for table in ("workflow_status", "workflow_input", "operation_outputs"):
            assert jobs(studio, table) & {job.id for job in done} == {done[-1].id}
        assert slow.id in jobs(studio)
        assert all(studio.generations.get(job.id).outputs for job in done)
        assert studio._engine.forget_finished(time.time()) == 0


def test_studio_when_it_starts_then_it_forgets_by_itself(live, submit):
    with open_studio(live) as studio:
        job = finished(studio, submit)
        make_old(studio)
    with open_studio(live) as studio:
        until(lambda: job.id not in jobs(studio))


def test_setting_when_it_is_no_time_then_refused():
    with pytest.raises(ValidationError):
        Settings(keep_days=0)
