"""No key, no signed address and no file's content may lie in the database or in the log."""

from __future__ import annotations

import base64
import logging

from components.settings import Settings
from components.studio import open_studio
from tests.conftest import HUMO
from tests.engine.meddler import RESULT

KEY = "SG_5ecret0fTheHouse"


def run(settings: Settings, sandbox, voice_wav, portrait_jpg) -> None:
    """A video, a refusal and a failure, with both kinds of input."""
    with open_studio(settings) as studio:
        files = {"audio": studio.add_asset(voice_wav).id, "image": studio.add_asset(portrait_jpg).id}
        wanted = {"prompt": "x", "mode": "TIA", "frames": 10, "width": 832, "height": 480} | files
        for rehearsal in ({}, {"answer": 400}, {"answer": 502}, {"fail": f"{KEY} at https://x.example/?sig=1"}):
            sandbox.rehearse(**rehearsal)
            assert studio.wait(studio.submit(HUMO, wanted).id, 60).ended


def test_secrets_when_generations_have_run_then_none_is_in_the_database_or_the_log(
    meddled, meddler, sandbox, voice_wav, portrait_jpg, caplog
):
    signed = "?X-Amz-Signature=5igned"
    meddler.edit(RESULT, lambda body: body | ({"output": body["output"] + signed} if "output" in body else {}))
    settings = meddled.model_copy(update={"segmind_api_key": KEY})
    with caplog.at_level(logging.DEBUG):
        run(settings, sandbox, voice_wav, portrait_jpg)
    stored = b"".join(path.read_bytes() for path in settings.data_dir.glob("studio.db*"))
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("components"))
    contents = [base64.b64encode(path.read_bytes())[:60].decode() for path in (voice_wav, portrait_jpg)]
    for secret in (KEY, "5igned", "data:image", "data:audio", meddler.url, sandbox.url, "X-Amz", *contents):
        assert secret.encode() not in stored
        assert secret not in logged
    assert b"generate" in stored  # the engine's own tables were among what was searched
    assert "POST api.segmind.com/v2/bytedance-humo" in logged


def test_settings_when_printed_then_no_key_is_seen(live):
    assert "SG_test" not in f"{live!r} {live} {live.model_dump()}"
