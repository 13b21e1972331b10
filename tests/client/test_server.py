"""The real server, as people start it: a script comes in with a token, and its waiting holds no stop up."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from components.errors import StudioUnreachable
from components.library.database import DATABASE, open_database, sqlite_url
from components.media import video
from components.studio import open_studio
from components.studio.person import local
from components.studio.tokens import Tokens
from tests.conftest import HUMO
from tests.sandbox_server import until
from tests.studio_server import start_studio

pytestmark = pytest.mark.crash


@pytest.fixture
def made(live):
    """Makes a token in the database of a server that runs."""

    def make():
        database = open_database(sqlite_url(live.data_dir / DATABASE))
        words = Tokens(database, local()).make("a script").words
        database.dispose()
        return words

    return make


def test_server_when_a_script_comes_with_a_token_then_asset_video_and_copy_as_in_its_own_studio(
    live, made, voice_wav, tmp_path
):
    with start_studio(live) as server, open_studio(url=server.url, token=made()) as studio:
        voice = studio.add_asset(voice_wav)
        small = {"prompt": "x", "audio": voice.id, "frames": 10, "width": 832, "height": 480}
        job = studio.wait(studio.submit(HUMO, small).id, timeout=120)
        studio.copy_output(job.outputs[0].id, tmp_path / "hello.mp4")
        assert video.probe(tmp_path / "hello.mp4").frames == 10
        foreign = {"Origin": "http://evil.test"}
        at = f"{server.url}/api/v1/generations"
        assert requests.post(at, headers=foreign, timeout=60).status_code == 403
        assert requests.get(at, headers={"Host": "evil.test"}, timeout=60).status_code == 421
        assert requests.get(at, timeout=60).status_code == 401


def test_server_when_told_to_stop_while_a_script_waits_then_it_stops_at_once(live, made, sandbox, voice_wav):
    sandbox.rehearse(slow_seconds=60)
    with start_studio(live) as server, open_studio(url=server.url, token=made()) as studio:
        voice = studio.add_asset(voice_wav)
        job = studio.submit(HUMO, {"prompt": "x", "audio": voice.id, "frames": 10, "width": 832, "height": 480})
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(studio.wait, job.id, timeout=50)
            # One listens to live status: it waits.
            until(lambda: "studio_push_clients 1.0" in requests.get(f"{server.url}/metrics", timeout=60).text)
            began = time.monotonic()
            server.terminate()
            assert time.monotonic() - began < 30
            with pytest.raises(StudioUnreachable):
                waiting.result(60)
