"""A key of one's own: for own work only, under no limit of the team, the same one until the video is home."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from components.errors import CeilingReached, NotAllowed
from components.library.records import Ceiling
from components.library.tables import audit
from components.settings import Settings
from components.studio import of, of_program, open_studio
from tests.conftest import HUMO
from tests.sandbox_server import until

ADA, BOB, CEM, VIC = "ada@example.com", "bob@example.com", "cem@example.com", "vic@example.com"
GOOD, BAD = {"segmind_api_key": "SG_own"}, {"segmind_api_key": "invalid"}


@pytest.fixture
def team(tmp_path, sandbox):
    """Ada is admin, Bob and Cem are members, Vic looks on; the sandbox is their provider and refuses BAD."""
    people = {"admins": (ADA,), "members": (BOB, CEM), "viewers": (VIC,)}
    settings = Settings(data_dir=tmp_path / "data", poll_seconds=0.05, proxy_secret="s" * 32, **people)
    with open_studio(settings.model_copy(update={"gateway": sandbox.url})) as running:
        yield running


def send(email, voice_wav, door=of):
    studio = door(email)
    request = {"prompt": "x", "audio": studio.add_asset(voice_wav).id, "frames": 10, "width": 832, "height": 480}
    return studio.submit(HUMO, request)


def ended(email, job):
    return of(email).wait(job.id, 60)


def test_key_when_own_then_only_its_owners_work_uses_it(team, voice_wav):
    of(ADA).accounts.keep_key("segmind", BAD)
    of(BOB).accounts.keep_own_key("segmind", GOOD)
    mine, others = send(BOB, voice_wav), send(CEM, voice_wav)
    assert (mine.own_key, mine.sandbox, others.own_key, others.sandbox) == (True, False, False, False)
    assert (ended(BOB, mine).state, ended(CEM, others).state) == ("done", "failed")


def test_key_when_the_team_has_none_then_an_own_one_is_live_and_the_others_stay_in_the_sandbox(team):
    of(BOB).accounts.keep_own_key("segmind", GOOD)
    assert [of(one).accounts.side(HUMO) for one in (ADA, BOB, CEM)] == ["sandbox", "live", "sandbox"]
    assert of(BOB).accounts.ask_own("segmind").balance is not None
    assert of(ADA).accounts.team_side("segmind") == "sandbox"


def test_key_when_own_then_what_is_paid_with_it_counts_under_no_limit_of_the_team(team, voice_wav):
    of(ADA).accounts.keep_key("segmind", GOOD)
    of(BOB).accounts.keep_own_key("segmind", GOOD)
    for owner in ("team", BOB):
        of(ADA).ceilings.set_of(owner, Ceiling(day=Decimal(0)))
    assert of(BOB).ceilings.plan(HUMO, {}) is None
    assert ended(BOB, send(BOB, voice_wav)).state == "done"
    assert of(BOB).ceilings.room().counted.day == 0
    with pytest.raises(CeilingReached):
        send(CEM, voice_wav)


def test_token_when_its_owner_has_a_key_then_its_own_ceiling_holds_all_the_same(team, voice_wav):
    of(BOB).accounts.keep_own_key("segmind", GOOD)
    made = of(BOB).tokens.make("farm", ceiling=Ceiling(day=Decimal(0)))
    with pytest.raises(CeilingReached):
        send(made.words, voice_wav, of_program)


def test_key_when_taken_away_under_way_then_the_work_waits_for_it_and_uses_no_other(
    team, voice_wav, sandbox, ledger
):
    of(ADA).accounts.keep_key("segmind", GOOD)
    of(BOB).accounts.keep_own_key("segmind", GOOD)
    sandbox.rehearse(slow_seconds=3600)
    job = send(BOB, voice_wav)
    until(lambda: of(BOB).generations.get(job.id).state == "running")
    of(BOB).accounts.keep_own_key("segmind", {"segmind_api_key": ""})
    until(lambda: error_of(job) == "not_configured")
    assert "your own key" in of(BOB).generations.get(job.id).error.hint
    of(BOB).accounts.keep_own_key("segmind", GOOD)
    sandbox.hurry()
    assert ended(BOB, job).state == "done"
    assert len(ledger.paid()) == 1


def error_of(job):
    error = of(BOB).generations.get(job.id).error
    return error and error.code


def test_key_when_a_viewer_or_nobody_gives_one_then_refused(team):
    with pytest.raises(NotAllowed):
        of(VIC).accounts.keep_own_key("segmind", GOOD)


def test_key_when_changed_then_the_audit_says_so_without_it(team):
    of(BOB).accounts.keep_own_key("segmind", GOOD)
    with team._engine.database.connect() as connection:
        [row] = connection.execute(sa.select(audit).where(audit.c.action == "changed a key of their own"))
    assert (row.person, row.about) == (BOB, "segmind")
