"""Two servers of one studio, on one database, one bucket and one secret, each with a data folder of its own."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from pydantic import SecretStr
from websockets.sync.client import connect

from components.routes.events import PROTOCOL
from components.settings import Settings
from tests.studio_server import StudioServer, start_studio


@pytest.fixture
def shared(shared: Settings, s3_url: str) -> Settings:
    return shared.model_copy(update={"media_url": s3_url, "shared_secret": SecretStr("s" * 32)})


@pytest.fixture
def servers(shared: Settings, fast_clock: Path, tmp_path) -> Iterator[list[StudioServer]]:
    """The clock of the second is an hour fast."""
    one, two = (shared.model_copy(update={"data_dir": tmp_path / name / "data"}) for name in ("one", "two"))
    with start_studio(one) as right, start_studio(two, PYTHONPATH=str(fast_clock)) as fast:
        yield [right, fast]


@pytest.fixture
def fast_clock(tmp_path: Path) -> Path:
    """A folder of modules; with it in front, a Python believes that it is an hour later."""
    folder = tmp_path / "clock"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import time\nright = time.time\ntime.time = lambda: right() + 3600\n"
    )
    return folder


def listen(server: StudioServer, token: str):
    return connect(
        f"ws://localhost:{server.port}/api/events?since={time.time()}",
        origin=server.url,
        subprotocols=[PROTOCOL, token],
        proxy=None,
        open_timeout=60,
    )


def hears_of(socket, generation_id: str, state: str) -> bool:
    """Whether the socket tells of it, within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        changes = json.loads(socket.recv(timeout=60))["changes"]
        if any((one, now) == (generation_id, state) for one, _, now, _ in changes):
            return True
    return False


def test_change_when_a_worker_makes_it_then_every_server_tells_its_pages_and_serves_the_video(
    web, shared, start, submit, servers
):
    start(shared).works()
    token = web.live.token
    with ExitStack() as opened:
        sockets = [opened.enter_context(listen(server, token)) for server in servers]
        job = submit(web)
        assert all(hears_of(socket, job.id, "done") for socket in sockets)
    made = web.generations.get(job.id)
    link = web.outputs.links(made, made.outputs[0]).video
    films = [requests.get(f"{server.url}{link}", timeout=60) for server in servers]
    assert [film.status_code for film in films] == [200, 200]
    assert films[0].content == films[1].content != b""


def test_pass_and_link_when_a_server_has_another_secret_then_it_refuses_them(web, shared, tmp_path):
    other = {"data_dir": tmp_path / "other" / "data", "shared_secret": SecretStr("o" * 32)}
    with start_studio(shared.model_copy(update=other)) as stranger:
        link = web.files.url("outputs/a.mp4")
        assert requests.get(f"{stranger.url}{link}", timeout=60).status_code == 404
        with pytest.raises(Exception, match="403"):
            listen(stranger, web.live.token)
