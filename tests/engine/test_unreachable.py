"""What happens while there is no provider to be reached, or no key."""

from __future__ import annotations

import pytest

from components.errors import NotConfigured
from components.studio import open_studio
from tests.conftest import as_live
from tests.engine.app_server import free_port
from tests.sandbox_server import start_sandbox, until


def test_provider_when_unreachable_then_the_job_waits_and_is_done_once_it_is_there(settings, tmp_path, submit):
    port = free_port()
    with open_studio(settings.model_copy(update=as_live(f"http://127.0.0.1:{port}"))) as studio:
        job = submit(studio)
        waiting = until(lambda: (now := studio.get(job.id)).tries and now)
        assert (waiting.state, waiting.error.code) == ("queued", "unreachable")
        with start_sandbox(tmp_path / "late", "--port", str(port)) as late:
            done = studio.wait(job.id, 60)
            assert (done.state, done.error) == ("done", None)
            assert len(late.ledger()["paid"]) == 1


def test_provider_when_unreachable_for_good_then_failed_with_the_reason(settings, submit, monkeypatch):
    monkeypatch.setattr("components.engine.submit.MAX_TRIES", 2)
    monkeypatch.setattr("components.engine.submit.WAITS", (1.0,))
    with open_studio(settings.model_copy(update=as_live(f"http://127.0.0.1:{free_port()}"))) as studio:
        job = studio.wait(submit(studio).id, 30)
    assert (job.state, job.error.code, job.tries) == ("failed", "unreachable", 2)
    assert "nothing was charged" in job.error.hint


def test_key_when_missing_and_the_sandbox_is_off_then_nothing_is_stored(settings, submit):
    with open_studio(settings.model_copy(update={"sandbox": "never"})) as studio:
        with pytest.raises(NotConfigured, match="SEGMIND_API_KEY"):
            submit(studio)
        assert studio.generations() == []
