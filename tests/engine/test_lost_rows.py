"""A table whose answer was lost is found in BHuman's own list and brought home, and nothing is sent for it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from components.engine.context import current
from components.engine.submit import submit_once
from components.errors import CannotSettle, ProviderTrouble
from components.sandbox.bhuman.stock import CAMPAIGNS, OWN
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.sandbox_server import SandboxServer

PEOPLE = ["Don", "Aiko", "Don"]
SUBMISSION, LIST = r"^POST .*/(try_sample|pipeline/campaign)$", r"^GET .*/generated_video_by_(video|campaign)"
TEMPLATES, CAMPAIGN = itertools.cycle(OWN), {"campaign_id": CAMPAIGNS[1]["id"]}


@pytest.fixture
def studio(meddled: Settings, sandbox: SandboxServer) -> Iterator[Studio]:
    key = {"bhuman_api_key_id": "id", "bhuman_api_key_secret": "secret"}
    with open_studio(meddled.model_copy(update=key)) as running:
        yield running


@pytest.fixture
def send(studio):
    """Sends the same table each time; gives the generation. No two tests in a row share a template's list."""
    table = {"variables": ["name"], "names": [[name] for name in PEOPLE]}
    template = {"video_instance_id": next(TEMPLATES)["id"]}
    return lambda source=template: studio.submit("bhuman/personalized-video", source | table)


@pytest.fixture
def lose(studio, send, meddler):
    """Sends it, and the answer gets lost; the generation is in doubt."""

    def lose(*source):
        meddler.hang_up(SUBMISSION)
        return studio.wait(send(*source).id, 30)

    return lose


@pytest.fixture
def untaken(studio, send, meddler):
    """In doubt as well, though BHuman never heard of it."""
    meddler.answer(SUBMISSION, 502)
    return studio.wait(send().id, 30)


def stop_in_mid_submission(job):
    """Lets it lie as a server leaves it that dies before the answer, and starts as the next server does."""
    context = current()
    assert context.generations.move(job.id, "uncertain", "submitting")
    submit_once(context, job.id)
    return context.generations.get(job.id)


@pytest.mark.parametrize("source", [(), (CAMPAIGN,)], ids=["template", "campaign"])
def test_answer_when_lost_then_looking_again_brings_every_row_home_and_nothing_is_sent(
    studio, lose, meddler, ledger, source
):
    job = lose(*source)
    assert (job.state, job.operation, studio.ways_out.can_look(job)) == ("uncertain", None, True)
    assert studio.ways_out.look_again(job.id).state == "running"
    done = studio.wait(job.id, 60)
    assert (done.state, done.error, done.doubtful) == ("done", None, False)
    assert [(output.position, output.facts["label"]) for output in done.outputs] == list(enumerate(PEOPLE))
    assert (len(ledger.paid()), meddler.seen(SUBMISSION)) == (1, 1)


def test_answer_when_lost_and_the_list_fails_then_it_stays_open_and_can_be_looked_for_later(studio, lose, meddler):
    job = lose()
    meddler.answer(LIST, 404)
    with pytest.raises(ProviderTrouble, match="cannot tell"):
        studio.ways_out.look_again(job.id)
    assert studio.generations.get(job.id).doubtful
    assert studio.ways_out.look_again(job.id).state == "running"


def test_answer_when_lost_and_the_same_table_was_sent_again_then_neither_is_guessed(studio, lose, send):
    job, again = lose(), studio.wait(send().id, 60)
    assert again.state == "done"
    with pytest.raises(CannotSettle, match="no such generation"):
        studio.ways_out.look_again(job.id)


def test_table_when_never_taken_then_anothers_rows_are_not_found_for_it(studio, untaken, lose):
    theirs = studio.ways_out.look_again(lose().id).operation
    with pytest.raises(CannotSettle, match="no such generation"):
        studio.ways_out.look_again(untaken.id)
    left = stop_in_mid_submission(untaken)
    assert (left.state, left.operation, bool(theirs)) == ("uncertain", None, True)


def test_server_when_stopped_before_the_answer_then_the_next_one_finds_the_rows(lose, meddler, ledger):
    found = stop_in_mid_submission(lose())
    assert (found.state, found.operation["ids"][0]) == ("running", ledger.paid()[0]["request_id"])
    assert meddler.seen(SUBMISSION) == 1
