"""What happens while there is no provider to be reached, or no key."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from components.engine.context import current
from components.errors import NotConfigured
from components.studio import open_studio
from tests.conftest import as_live
from tests.engine.test_sending import waits
from tests.sandbox_server import start_sandbox, until
from tests.studio_server import free_port


def test_provider_when_unreachable_then_the_job_waits_and_is_done_once_it_is_there(settings, tmp_path, submit):
    port = free_port()
    with open_studio(settings.model_copy(update=as_live(f"http://127.0.0.1:{port}"))) as studio:
        job = submit(studio)
        waiting = waits(studio, job)
        assert waiting.error.code == "unreachable"
        with start_sandbox(tmp_path / "late", "--port", str(port)) as late:
            done = studio.wait(job.id, 60)
            assert (done.state, done.error) == ("done", None)
            assert len(late.ledger()["paid"]) == 1


def test_provider_when_unreachable_for_a_day_then_failed_with_the_reason_and_nothing_charged(
    settings, submit, monkeypatch, quick_tries
):
    monkeypatch.setattr("components.engine.submit.PATIENCE", 0.5)
    with open_studio(settings.model_copy(update=as_live(f"http://127.0.0.1:{free_port()}"))) as studio:
        job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code) == ("failed", "unreachable")
    assert job.tries > 1
    assert "Nothing was charged. Generate again" in job.error.hint
    assert "by itself" not in job.error.hint


def test_provider_when_unreachable_for_almost_a_day_then_it_is_still_waited_for(settings, submit, quick_tries):
    with open_studio(settings.model_copy(update=as_live(f"http://127.0.0.1:{free_port()}"))) as studio:
        job = submit(studio)
        until(lambda: studio.generations.get(job.id).tries)
        current().generations.note(job.id, None, troubled_since=time.time() - 86_000)
        tries = studio.generations.get(job.id).tries
        waiting = until(lambda: (now := studio.generations.get(job.id)).tries > tries + 1 and now)
        assert (waiting.state, waiting.troubled_since < time.time() - 86_000) == ("queued", True)


def test_key_when_missing_and_the_sandbox_is_off_then_nothing_is_stored(settings, submit):
    with open_studio(settings.model_copy(update={"sandbox": "never"})) as studio:
        with pytest.raises(NotConfigured, match="SEGMIND_API_KEY"):
            submit(studio)
        assert studio.generations.recent() == []


@pytest.mark.parametrize("same_port", [True, False], ids=["same port", "another port"])
def test_provider_when_unplugged_while_polling_then_done_once_it_is_back(settings, tmp_path, submit, same_port):
    def plugged_in(port: int):
        return start_sandbox(tmp_path / "provider", "--port", str(port))

    port = free_port()
    behind = settings.model_copy(update=as_live(f"http://127.0.0.1:{port}"))
    with plugged_in(port) as provider:
        provider.rehearse(slow_seconds=60)
        with open_studio(behind) as studio:
            job = submit(studio)
            until(lambda: studio.generations.get(job.id).state == "running")
            provider.kill()
            if same_port:
                shorten(tmp_path / "provider")
                with plugged_in(port) as again:
                    assert studio.wait(job.id, 60).state == "done"
                    assert len(again.ledger()["paid"]) == 1
    if not same_port:
        shorten(tmp_path / "provider")
        with plugged_in(0) as again, open_studio(settings.model_copy(update=as_live(again.url))) as studio:
            assert studio.wait(job.id, 60).state == "done"
            assert len(again.ledger()["paid"]) == 1


def shorten(provider: Path) -> None:
    """Makes the stopped provider's job a quick one."""
    with closing(sqlite3.connect(provider / "tasks.sqlite")) as tasks, tasks:
        tasks.execute("UPDATE tasks SET task = json_set(task, '$.slow_seconds', 0)")
