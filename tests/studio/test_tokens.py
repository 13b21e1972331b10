"""Tokens: shown once and kept as a hash, never stronger than their owner, gone at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from components.errors import CeilingReached, InvalidRequest, NotAllowed, NotFound, TokenRefused
from components.library.records import Ceiling
from components.library.tables import audit, generation, token
from components.settings import Settings
from components.studio import of, of_program, open_studio
from tests.conftest import HUMO, as_live

ADA, BOB = "ada@example.com", "bob@example.com"


@pytest.fixture(scope="module")
def team(tmp_path_factory, session_sandbox):
    """A studio with sign-in: Ada is its admin, Bob a member."""
    plain = Settings(
        data_dir=tmp_path_factory.mktemp("team") / "data",
        poll_seconds=0.05,
        proxy_secret="s" * 32,
        admins=(ADA,),
        members=(BOB,),
    )
    with open_studio(plain.model_copy(update=as_live(session_sandbox.url))) as running:
        yield running


def small(studio, voice_wav):
    return {
        "prompt": "x",
        "audio": studio.add_asset(voice_wav).id,
        "frames": 10,
        "width": 832,
        "height": 480,
    }


def test_token_when_made_then_its_words_open_the_studio_and_are_kept_nowhere(team):
    made = of(BOB).tokens.make("render farm")
    assert made.words.startswith("st_")
    assert len(made.words) == 46
    assert of_program(made.words).person.owner == BOB
    with team._engine.database.connect() as connection:
        assert made.words not in str(connection.execute(sa.select(token)).all())
    assert made.words not in repr(of(BOB).tokens.all())


@pytest.mark.parametrize("words", ["", "st_", "st_" + "x" * 43, "x" * 46, "st_" + "ä" * 43])
def test_token_when_nobody_made_it_then_refused(team, words):
    with pytest.raises(TokenRefused):
        of_program(words)


def test_token_when_revoked_then_refused_at_once_and_by_its_owner_only(team):
    made = of(BOB).tokens.make("gone")
    assert of_program(made.words)
    with pytest.raises(NotFound):
        of(ADA).tokens.revoke(made.token.id)
    of(BOB).tokens.revoke(made.token.id)
    with pytest.raises(TokenRefused):
        of_program(made.words)
    assert made.token.id not in [held.token.id for held in of(BOB).tokens.all()]
    with pytest.raises(NotFound):
        of(BOB).tokens.revoke(made.token.id)


def test_token_when_its_time_is_over_then_refused(team):
    made = of(BOB).tokens.make("a day", days=1)
    assert of_program(made.words)
    with team._engine.database.begin() as connection:
        connection.execute(sa.update(token).where(token.c.id == made.token.id).values(expires_at=1.0))
    with pytest.raises(TokenRefused):
        of_program(made.words)


def test_token_when_its_owner_is_no_longer_one_of_the_people_then_refused(team):
    people = of(ADA).people
    people.set_role("eve@example.com", "member")
    made = of("eve@example.com").tokens.make("eve's")
    assert of_program(made.words).person.role == "member"
    people.set_role("eve@example.com", "viewer")
    assert of_program(made.words).person.role == "viewer"
    people.set_role("eve@example.com", "out")
    with pytest.raises(TokenRefused):
        of_program(made.words)


def test_token_when_it_would_be_stronger_than_its_owner_then_refused(team):
    with pytest.raises(InvalidRequest, match="more than you may"):
        of(BOB).tokens.make("climber", role="admin")
    assert of_program(of(ADA).tokens.make("strong", role="admin").words).person.may("administer")


@pytest.mark.parametrize("asked", [{"name": " \n"}, {"name": "x", "days": 0}, {"name": "x", "days": 10**9}])
def test_token_when_it_is_asked_for_wrongly_then_a_sentence(team, asked):
    with pytest.raises(InvalidRequest):
        of(BOB).tokens.make(**asked)


def test_viewers_token_when_it_would_spend_then_not_allowed(team, voice_wav):
    viewer = of_program(of(BOB).tokens.make("watcher", role="viewer").words)
    assert viewer.person.role == "viewer"
    assert viewer.generations.recent() == []
    for call in (
        lambda: viewer.submit(HUMO, {}),
        lambda: viewer.generations.submit_once("k", HUMO, {}),
        lambda: viewer.add_asset(voice_wav),
        lambda: viewer.tokens.make("more"),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_admins_token_when_it_is_a_members_then_it_administers_nothing(team):
    theirs = of_program(of(ADA).tokens.make("modest").words)
    with pytest.raises(NotAllowed):
        theirs.people.all()
    with pytest.raises(NotAllowed):
        theirs.accounts.key_source("segmind")


def test_token_when_it_has_a_ceiling_then_it_holds_for_what_is_sent_with_it_alone(team, voice_wav):
    bob = of(BOB)
    made = bob.tokens.make("cheap", ceiling=Ceiling(day=Decimal(4)))
    program, other = of_program(made.words), of_program(bob.tokens.make("other").words)
    asked = small(bob, voice_wav)
    bob.submit(HUMO, asked)
    other.submit(HUMO, asked)
    first = program.submit(HUMO, asked)
    with pytest.raises(CeilingReached, match=r"of the token's \$4\.00 is left today") as full:
        program.submit(HUMO, asked)
    assert "when the token was made" in full.value.hint
    bob.submit(HUMO, asked)
    with team._engine.database.connect() as connection:
        sent = connection.execute(sa.select(generation.c.id).where(generation.c.token == made.token.id)).scalars()
        assert list(sent) == [first.id]
    assert [room.of_token for room in program.ceilings.rooms()] == [True]


def test_token_when_made_used_and_revoked_then_the_audit_has_it_without_its_words(team, voice_wav):
    bob = of(BOB)
    made = bob.tokens.make("noted")
    job = of_program(made.words).submit(HUMO, small(bob, voice_wav))
    bob.tokens.revoke(made.token.id)
    with team._engine.database.connect() as connection:
        rows = connection.execute(sa.select(audit.c.person, audit.c.action, audit.c.about)).all()
    assert (BOB, "made a token", f"noted {made.token.id}") in rows
    assert (BOB, "sent", f"{HUMO} {job.id}, by noted") in rows
    assert (BOB, "revoked a token", made.token.id) in rows
    assert made.words not in str(rows)


def test_token_when_repeated_under_one_key_then_the_audit_has_one_submission(team, voice_wav):
    bob = of(BOB)
    program = of_program(bob.tokens.make("once").words)
    asked = small(bob, voice_wav)
    ids = {program.generations.submit_once("same", HUMO, asked).generation.id for _ in range(3)}
    assert len(ids) == 1
    with team._engine.database.connect() as connection:
        rows = connection.execute(sa.select(audit.c.about).where(audit.c.about.endswith("by once"))).all()
    assert len(rows) == 1


def test_key_when_another_person_has_used_it_then_it_is_free_for_ones_own(team, voice_wav):
    ada, bob = of(ADA), of(BOB)
    theirs = [one.generations.submit_once("shared key", HUMO, small(one, voice_wav)) for one in (ada, bob)]
    assert [one.repeated for one in theirs] == [False, False]


def test_token_of_local_when_people_sign_in_then_refused_and_the_other_way_round(team, settings):
    with open_studio(settings, works=False) as alone:
        made = alone.tokens.make("alone")
        assert of_program(made.words).person.may("administer") is False
        assert of_program(made.words).person.is_local
        with alone._engine.database.begin() as connection:
            connection.execute(sa.update(token).values(owner=BOB))
        with pytest.raises(TokenRefused):
            of_program(made.words)
    theirs = of(BOB).tokens.make("bob's")
    with team._engine.database.begin() as connection:
        connection.execute(sa.update(token).where(token.c.id == theirs.token.id).values(owner="local"))
    with pytest.raises(TokenRefused):
        of_program(theirs.words)
