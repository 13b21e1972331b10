"""A table through the studio: rows come home one by one under their names, and a failed one costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from components.sandbox.bhuman.stock import OWN
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.engine.meddler import Meddler
from tests.sandbox_server import SandboxServer, until

PEOPLE = ["Don", "James", "Aiko", "Zoë", "Lin"]
REQUEST = {
    "video_instance_id": OWN[0]["id"],
    "variables": ["name", "company"],
    "names": [[name, "Acme"] for name in PEOPLE],
}


@pytest.fixture
def studio(settings: Settings, sandbox: SandboxServer, meddler: Meddler) -> Iterator[Studio]:
    live = {"gateway": meddler.url, "sandbox": "never"}
    key = {"bhuman_api_key_id": "id", "bhuman_api_key_secret": "secret"}
    with open_studio(settings.model_copy(update=live | key)) as running:
        yield running


@pytest.fixture
def last_row(meddler: Meddler) -> Event:
    """Until it is set, BHuman says that the last row is still being made."""
    made = Event()

    def kept_back(body: dict) -> dict:
        row = body["result"]
        if made.is_set() or row["row_index"] < len(PEOPLE) - 1:
            return body
        return body | {"result": row | {"status": "processing", "url": None}}

    meddler.edit("generated_video_by_id", kept_back)
    return made


def test_rows_when_sent_then_they_come_home_one_by_one_with_their_names(studio, ledger, last_row):
    job = studio.submit("bhuman/personalized-video", REQUEST)
    first = until(lambda: (now := studio.generations.get(job.id)).outputs and now)
    assert len(first.outputs) < len(PEOPLE)
    assert not first.ended
    last_row.set()
    done = studio.wait(job.id, 60)
    assert (done.state, done.error) == ("done", None)
    assert [(output.position, output.facts["label"]) for output in done.outputs] == list(enumerate(PEOPLE))
    assert len(ledger.paid()) == 1


def test_row_when_it_fails_then_the_others_are_done_and_a_note_names_it(studio, sandbox, ledger):
    sandbox.rehearse(fail="secret trouble at node 10.0.0.1")
    job = studio.wait(studio.submit("bhuman/personalized-video", REQUEST).id, 60)
    assert job.state == "done"
    assert [output.facts["label"] for output in job.outputs] == ["Don", "Aiko", "Zoë", "Lin"]
    assert "Render failed for 1 of 5 rows: row 2, James (generation " in job.error.message
    assert "secret" not in str(job.error)
    assert len(ledger.paid()) == 1
