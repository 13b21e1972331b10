"""A provider that fetches files by address: which address it is given, and that none is ever kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
import requests
import uvicorn
from starlette.applications import Starlette

from components.catalog import MODELS
from components.library.bucket import Bucket
from components.routes import ROUTES
from components.studio import open_studio
from tests.providers.gateway import Reply, start_gateway
from tests.sandbox_server import until
from tests.voices import voice_of

OMNIHUMAN = "aimlapi/omnihuman"
TAKEN = Reply(201, b'{"id": "7:bytedance/omnihuman", "status": "queued"}')
FAILED = Reply(200, b'{"id": "7:bytedance/omnihuman", "status": "error", "error": {"message": "no face"}}')


@pytest.fixture
def gateway():
    """Stands in for the provider and notes what comes."""
    with start_gateway() as running:
        running.reply(TAKEN, FAILED)
        yield running


@pytest.fixture
def live(settings, gateway):
    return settings.model_copy(update={"gateway": gateway.url, "sandbox": "never", "aimlapi_api_key": "k3y"})


@pytest.fixture
def public() -> Iterator[str]:
    """The address of a server that serves the studio's routes."""
    config = uvicorn.Config(Starlette(routes=ROUTES), port=0, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def speak(studio, voice_wav, portrait_jpg, **changes):
    """Lets a local portrait speak with a local voice; gives the generation at its end."""
    files = {"image_url": studio.add_asset(portrait_jpg).id, "audio_url": studio.add_asset(voice_wav).id}
    return studio.wait(studio.submit(OMNIHUMAN, files | changes).id, 60)


@pytest.fixture
def short_wav(voice_wav, tmp_path):
    """For a video that is made."""
    return voice_of(voice_wav, 0.4, tmp_path / "short.wav")


def test_local_voice_when_in_the_sandbox_then_the_video_comes_home(settings, short_wav, wide_jpg):
    with open_studio(settings) as studio:
        done = speak(studio, short_wav, wide_jpg)
        assert (done.state, done.sandbox, float(done.cost)) == ("done", True, MODELS[OMNIHUMAN].price.sample_usd)
        [output] = done.outputs
        assert (output.facts["width"], output.facts["height"]) == (896, 358)
        assert output.facts["seconds"] == pytest.approx(0.4, abs=0.05)


def test_local_voice_when_live_without_a_public_address_then_nothing_is_sent(
    live, gateway, voice_wav, portrait_jpg
):
    with open_studio(live) as studio:
        failed = speak(studio, voice_wav, portrait_jpg)
        assert (failed.state, failed.error.code) == ("failed", "not_configured")
        assert failed.error.message.endswith("it cannot reach the files of this studio.")
        assert failed.error.hint.startswith("Set STUDIO_PUBLIC_URL to an address")
        assert gateway.seen == []


def test_voice_when_it_is_a_web_address_then_it_is_sent_as_it_is(live, gateway, voice_wav, portrait_jpg):
    pasted = "https://x.example/voice.mp3"
    with open_studio(live) as studio:
        assert speak(studio, voice_wav, portrait_jpg, audio_url=pasted).error.code == "generation_failed"
    body = json.loads(gateway.seen[0].body)
    assert body["audio_url"] == pasted
    assert body["image_url"].startswith("data:image/jpeg;base64,")


def test_local_voice_when_live_with_a_public_address_then_its_link_is_signed_works_and_is_not_kept(
    live, gateway, public, voice_wav, portrait_jpg
):
    with open_studio(live.model_copy(update={"public_url": public})) as studio:
        assert speak(studio, voice_wav, portrait_jpg).error.code == "generation_failed"
        link = json.loads(gateway.seen[0].body)["audio_url"]
        assert requests.get(link, timeout=60).content == voice_wav.read_bytes()
        unsigned = link.replace("/files/", "/files/x")
        assert requests.get(unsigned, timeout=60).status_code == 404
    stored = b"".join(path.read_bytes() for path in live.data_dir.glob("studio.db*"))
    for secret in (link.split("/")[4], public, "k3y", "data:image"):
        assert secret.encode() not in stored
    assert b"7:bytedance/omnihuman" in stored  # the search itself finds what is kept


def test_local_voice_when_files_are_kept_in_a_bucket_then_its_signed_address_works_and_is_not_kept(
    live, gateway, s3_url, voice_wav, portrait_jpg
):
    with open_studio(live.model_copy(update={"media_url": s3_url})) as studio:
        assert studio.accounts.can_link(OMNIHUMAN)
        assert speak(studio, voice_wav, portrait_jpg).error.code == "generation_failed"
        address = json.loads(gateway.seen[0].body)["audio_url"]
        assert requests.get(address, timeout=60).content == voice_wav.read_bytes()
    assert b"X-Amz-Signature" not in (live.data_dir / "studio.db").read_bytes()


def test_video_when_files_are_kept_in_a_bucket_then_it_is_there_too(
    settings, s3_url, short_wav, wide_jpg, tmp_path
):
    with open_studio(settings.model_copy(update={"media_url": s3_url})) as studio:
        [output] = speak(studio, short_wav, wide_jpg).outputs
    assert len(Bucket(tmp_path / "elsewhere", s3_url).read(output.key)) == output.size
