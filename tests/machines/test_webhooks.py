"""A provider calls a server, and the worker that asks after the generation is another process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from pydantic import SecretStr

from components.library.webhooks import WebhookSecrets
from components.sandbox.bhuman.stock import OWN
from components.settings import Settings
from tests.sandbox_server import until
from tests.studio_server import StudioServer, kept_port

TABLE = {"video_instance_id": OWN[0]["id"], "variables": ["name"], "names": [["Don"], ["James"]]}
SELDOM = 120.0
"""Seconds between two questions of a worker that nobody calls."""


@pytest.fixture
def port() -> Iterator[int]:
    with kept_port() as number:
        yield number


@pytest.fixture
def shared(shared: Settings, s3_url: str, port: int) -> Settings:
    at = {"public_url": f"http://127.0.0.1:{port}", "poll_seconds": SELDOM, "media_url": s3_url}
    keys = {"bhuman_api_key_id": "id", "bhuman_api_key_secret": "secret", "shared_secret": SecretStr("s" * 32)}
    return shared.model_copy(update=at | keys)


@pytest.fixture
def server(shared: Settings, port: int, tmp_path: Path) -> Iterator[StudioServer]:
    """Takes the calls; shares with the worker nothing but database, bucket and secret."""
    running = StudioServer(shared.model_copy(update={"data_dir": tmp_path / "server" / "data"}), port)
    running.start()
    yield running
    running.kill()


def test_call_when_a_server_takes_it_then_the_worker_of_another_process_asks(web, shared, start, sandbox, server):
    sandbox.rehearse(slow_seconds=2)
    start(shared).works()
    done = web.wait(web.submit("bhuman/personalized-video", TABLE).id, SELDOM / 3)
    # The second row's call may come while what the first one led to is being saved.
    assert (done.state, len(done.outputs), done.webhook in ("heard", "called")) == ("done", 2, True)


def test_call_when_a_page_of_elsewhere_makes_it_then_refused_and_no_log_names_the_secret(
    web, shared, start, sandbox, server
):
    sandbox.rehearse(slow_seconds=600)
    worker = start(shared).works()
    job = web.submit("bhuman/personalized-video", TABLE)
    until(lambda: web.generations.get(job.id).state == "running")
    secret = WebhookSecrets(shared).issue("bhuman", job.id)
    address = f"{shared.public_url}/webhooks/bhuman/{secret}"
    foreign = requests.post(address, headers={"Origin": "https://evil.example"}, timeout=60)
    assert (foreign.status_code, web.generations.get(job.id).webhook) == (403, "expected")
    assert requests.post(address, timeout=60).status_code == 204
    until(lambda: web.generations.get(job.id).webhook == "heard")
    assert job.id in worker.words()
    assert secret.split(".")[1] not in worker.words() + server.words()
