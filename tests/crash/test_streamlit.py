"""The real server, killed and started again with nobody looking: the engine does not wait for a visitor."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.studio import open_studio
from tests.crash.conftest import looking_in, playable
from tests.sandbox_server import until
from tests.studio_server import start_studio

pytestmark = pytest.mark.crash


def test_streamlit_when_killed_while_polling_then_a_new_start_brings_the_video_without_a_visitor(
    live, sandbox, ledger, doomed
):
    sandbox.rehearse(slow_seconds=3600)
    with doomed(live, "operation saved") as first:
        (job_id,) = first.job_ids(1)
        first.died()
    with looking_in(live) as left:
        with start_studio(live) as server:
            until(lambda: left.get(job_id).state == "running")
            server.kill()
        assert left.get(job_id).state == "running"
        sandbox.hurry()
        with start_studio(live) as server:
            job = until(lambda: (now := left.get(job_id)).ended and now)
            assert server.healthy()
        assert job.state == "done"
    assert playable(live, job)
    assert [line["request_id"] for line in ledger.paid()] == [job.operation["request_id"]]


def test_streamlit_when_started_with_its_own_sandbox_then_a_left_job_is_done_and_ctrl_c_leaves_nothing_behind(
    settings, doomed
):
    with doomed(settings, "before the claim") as first:
        (job_id,) = first.job_ids(1)
        first.died()
    with looking_in(settings) as left, start_studio(settings) as server:
        job = until(lambda: (now := left.get(job_id)).ended and now)
        assert (job.state, job.sandbox) == ("done", True)
        helpers = server.descendants()
        assert helpers
        assert server.interrupt() >= 0  # it ended by itself: Streamlit's own status after Ctrl+C is 1
    assert "Traceback" not in server.words()
    assert not [helper for helper in helpers if alive(helper)]


@pytest.mark.parametrize(("seconds", "held", "found"), [("50", 15, False), ("0", 60, True)])
def test_streamlit_when_terminated_while_a_blocking_answer_is_out_then_waits_as_long_as_it_may(
    live, sandbox, ledger, doomed, seconds, held, found
):
    """What it may not wait for, the next start finds in the provider's history."""
    with doomed(live, "before the claim") as first:
        (job_id,) = first.job_ids(1)
        first.died()
    sandbox.rehearse(hold_seconds=held)
    with looking_in(live) as left:
        with start_studio(live, SEGMIND_API="v1", STUDIO_STOP_SECONDS=seconds) as server:
            until(lambda: left.get(job_id).state == "submitting" and ledger.paid())
            server.terminate()
            assert "Traceback" not in server.words()
        with open_studio(live) as after:
            job = after.wait(job_id, 60)
    assert (job.state, job.operation is not None) == ("done", found)
    assert len(ledger.paid()) == 1


def alive(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False
