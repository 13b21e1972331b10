from __future__ import annotations

import asyncio
import io
import subprocess
import sys

import pytest
import requests

from components.sandbox.files import Files
from components.sandbox.scene import Scene
from components.sandbox.tasks import Task, Tasks
from components.sandbox.worker import RenderCrashed, RenderProcess, Worker
from tests.sandbox.conftest import Clip
from tests.sandbox_server import ROOT, start_sandbox, until


def test_task_when_the_server_is_killed_then_the_next_one_finishes_it(tmp_path, body):
    with start_sandbox(tmp_path) as first:
        first.rehearse(slow_seconds=3600)
        slow = first.submit(body).json()["request_id"]
        waiting = first.submit(body | {"frames": 30}).json()["request_id"]
        paid = first.ledger()["paid"]
        first.kill()
    assert [line["request_id"] for line in paid] == [slow, waiting]
    with start_sandbox(tmp_path) as second:
        assert second.url != first.url
        result = second.result(waiting).json()
        assert result["output"].startswith(second.url)
        assert len(Clip(io.BytesIO(second.get(result["output"]).content)).frames) == 30
        assert second.ledger()["paid"] == paid


@pytest.mark.parametrize("pending", [False, True], ids=["idle", "holding an answer"])
def test_stop_when_asked_then_ends_quietly(tmp_path, pending):
    with start_sandbox(tmp_path) as running:
        if pending:
            running.rehearse(hold_seconds=600)
            with pytest.raises(requests.Timeout):
                running.submit({"prompt": "x"}, timeout=0.5)
        assert running.stop() == 0
        assert running.process.stderr.read() == ""


def test_stop_when_a_blocking_call_waits_then_it_gets_an_answer(tmp_path):
    with start_sandbox(tmp_path) as running:
        running.rehearse(slow_seconds=3600)
        script = (
            "import requests, sys\n"
            "answer = requests.post(sys.argv[1], json={'prompt': 'x'}, headers={'x-api-key': 'k'})\n"
            "print(answer.status_code)"
        )
        url = running.at("api.segmind.com", "v1/bytedance-humo")
        with subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE, text=True) as caller:
            until(lambda: running.ledger()["paid"])
            running.stop()
            assert caller.communicate(timeout=60)[0].strip() == "502"


def test_parent_when_it_goes_then_the_sandbox_goes_too(tmp_path):
    with start_sandbox(tmp_path) as running:
        running.process.stdin.close()
        assert running.process.wait(60) == 0


def test_port_when_taken_then_says_so_and_ends(sandbox):
    port = sandbox.url.rpartition(":")[2]
    command = [sys.executable, "-m", "components.sandbox", "--port", port]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("The sandbox cannot listen on")
    assert ended.stderr.count("\n") == 1


def task(**changes):
    scene = Scene(prompt="x", width=832, height=480, frames=10, fps=25)
    return Task(**({"id": "a", "slug": "s", "api": "v2", "asked": {}, "scene": scene, "created": 0.0} | changes))


def test_record_when_an_hour_old_then_only_the_history_knows_it(tmp_path):
    now = 0.0
    tasks = Tasks(tmp_path, clock=lambda: now)
    tasks.accept(task())
    now = 3599.0
    assert tasks.recent("a")
    now = 3600.0
    assert tasks.recent("a") is None
    assert tasks.get("a")
    tasks.close()


class Fragile(RenderProcess):
    """Dies the first times it is asked."""

    def __init__(self, deaths: int) -> None:
        self.deaths, self.asked = deaths, 0

    def render(self, scene, output):
        self.asked += 1
        if self.asked <= self.deaths:
            raise RenderCrashed

    def stop(self):
        pass


def test_renderer_when_killed_then_a_new_one_takes_over(tmp_path):
    files = Files(tmp_path)
    renderer = RenderProcess(tmp_path)
    try:
        renderer.render(task().scene, files.output("a"))
        renderer._process.kill()
        renderer._process.join()
        renderer.render(task().scene, files.output("b"))
    finally:
        renderer.stop()
    assert files.output("b").read_bytes() == files.output("a").read_bytes()


@pytest.mark.parametrize(("deaths", "state"), [(1, "COMPLETED"), (2, "FAILED")])
def test_renderer_when_it_crashes_then_is_tried_once_more(tmp_path, deaths, state):
    async def scenario():
        tasks = Tasks(tmp_path)
        renderer = Fragile(deaths)
        tasks.accept(task())
        await Worker(tasks, Files(tmp_path), renderer).enqueue(task())
        done = tasks.get("a")
        tasks.close()
        return done.state, renderer.asked

    assert asyncio.run(scenario()) == (state, 2)
