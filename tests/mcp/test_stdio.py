"""The real server, as a host starts it beside a whole studio: from the models to a comparison, each paid once."""

from __future__ import annotations

import uuid

import pytest
import requests

from components.library.database import DATABASE, open_database, sqlite_url
from components.studio.person import local
from components.studio.tokens import Tokens
from tests.conftest import HUMO, KEY
from tests.mcp.assistants import over_stdio
from tests.mcp.conftest import TALK
from tests.studio_server import start_studio


@pytest.fixture
def studio_server(live):
    with start_studio(live) as running:
        yield running


@pytest.fixture
def token(live, studio_server):
    """Made in the database of the server that runs."""
    database = open_database(sqlite_url(live.data_dir / DATABASE))
    words = Tokens(database, local()).make("an assistant").words
    database.dispose()
    return words


@pytest.fixture
def helper(studio_server, token, tmp_path):
    """An assistant; whatever it was told and whatever was logged holds no token and no key."""
    log = tmp_path / "mcp.log"
    with over_stdio(studio_server.url, token, log) as one:
        yield one
        said = "".join(one.heard) + log.read_text()
    assert one.heard
    assert token not in said
    assert KEY not in said
    assert "Traceback" not in said


def test_assistant_when_it_does_all_a_person_asks_then_each_video_is_planned_made_and_paid_once_and_compared(
    helper, studio_server, ledger, voice_wav, wide_jpg
):
    models = {one["id"]: one for one in helper.call("list_models")["models"]}
    assert (models[TALK]["wish"], models[TALK]["price"]["usd"]) == ("Make a portrait speak", 1.22)
    face = helper.call("add_file", path=str(wide_jpg), model=TALK)["id"]
    voice = helper.call("add_file", path=str(voice_wav), model=TALK)["id"]
    wanted = {"model": TALK, "parameters": {"prompt": "x", "image": face, "audio": voice}}
    assert helper.call("plan", **wanted)["dollars"] == "1.22"

    dear = {"most_dollars": 1.21, "request_id": str(uuid.uuid4())}
    assert "This costs about $1.22; this request may cost $1.21 at most." in helper.refused(
        "generate", **wanted, **dear
    )
    unpriced = {"model": HUMO, "parameters": {"prompt": "x", "audio": voice}}
    assert "publishes no price" in helper.refused("generate", **unpriced, **dear | {"most_dollars": 100})
    assert ledger.paid() == []

    agreed = dear | {"most_dollars": 1.22}
    first = helper.call("generate", **wanted, **agreed)
    assert helper.call("generate", **wanted, **agreed)["generation_id"] == first["generation_id"]
    other = wanted | {"parameters": wanted["parameters"] | {"seed": 1}}
    assert "Nothing was sent" in helper.refused("generate", **other, **agreed)
    second = helper.call("generate", **other, **agreed | {"request_id": str(uuid.uuid4())})

    made = [ended(helper, one["generation_id"]) for one in (first, second)]
    assert [(one["state"], one["sentence"]) for one in made] == [("done", "It is ready.")] * 2
    assert len(ledger.paid()) == 2
    videos = [one["videos"][0] for one in made]
    link = helper.call("compare_link", output_ids=[one["output_id"] for one in videos])["address"]
    assert link.startswith(f"{studio_server.url}/compare?v=")
    assert {requests.get(at, timeout=60).status_code for at in (link, videos[0]["page"])} == {200}


def ended(helper, generation_id):
    """As it is once it has ended; an assistant calls again until then."""
    for _ in range(4):
        told = helper.call("wait", generation_id=generation_id, seconds=20)
        if told["ended"]:
            break
    return told
