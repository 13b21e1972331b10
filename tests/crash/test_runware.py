"""Runware knows a task by our own number: a send whose answer died with the server is found, not paid again."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import SecretStr

from components.studio import open_studio
from tests.crash.conftest import Doomed, looking_in, settled
from tests.sandbox_server import ROOT
from tests.studio_server import environment

pytestmark = pytest.mark.crash
KEY = "rw_test"


def test_server_when_killed_while_the_answer_is_on_its_way_then_it_is_found_done_and_paid_once(
    live, sandbox, ledger, voice_wav, portrait_jpg
):
    sandbox.rehearse(hold_seconds=60)
    settings = live.model_copy(update={"runware_api_key": SecretStr(KEY)})
    command = [sys.executable, "-m", "tests.crash.serve_portrait", str(voice_wav), str(portrait_jpg)]
    given = environment(settings)
    with subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True) as process:
        server = Doomed(process)
        try:
            (job_id,) = server.job_ids(1)
            settled(ledger, 1)
        finally:
            server.kill()
    with looking_in(settings) as left:
        assert (left.get(job_id).state, left.get(job_id).operation) == ("submitting", None)
    with open_studio(settings) as studio:
        job = studio.wait(job_id, 60)
    assert (job.state, job.error, len(job.outputs)) == ("done", None, 2)
    assert [line["request_id"] for line in ledger.paid()] == [job.operation["task_uuid"]]
