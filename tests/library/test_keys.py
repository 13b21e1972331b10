"""Typed keys: sealed in the database, the team's or one person's, and the file of earlier versions."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from components.library import keys as kept
from components.library.keys import Keys
from components.library.tables import provider_key
from components.settings import Settings

NAMES, ANN, BOB = ("bhuman_api_key_id", "bhuman_api_key_secret"), "ann@team.test", "bob@team.test"
TYPED = {"bhuman_api_key_id": "id-1", "bhuman_api_key_secret": "of ann"}


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path / "data", shared_secret="s" * 32)


@pytest.fixture
def keys(settings, library):
    return Keys(settings, library)


def values(found):
    return None if found is None else {name: secret.get_secret_value() for name, secret in found.items()}


def test_key_when_typed_for_one_person_then_nobody_else_has_it(keys):
    keys.keep(TYPED, ANN)
    assert values(keys.get(NAMES, ANN)) == TYPED
    assert (keys.get(NAMES, BOB), keys.get(NAMES), keys.source(NAMES)) == (None, None, None)


def test_key_when_the_team_has_one_then_it_is_no_persons_own(keys):
    keys.keep(TYPED)
    assert keys.source(NAMES) == "typed"
    assert keys.get(NAMES, ANN) is None


def test_key_when_the_environment_has_one_then_it_goes_before_a_typed_one_of_the_team(keys, settings):
    keys.keep({"segmind_api_key": "typed"})
    keys.keep({"segmind_api_key": "of ann"}, ANN)
    set_outside = Keys(settings.model_copy(update={"segmind_api_key": "outside"}), keys._database)
    assert values(set_outside.get(["segmind_api_key"])) == {"segmind_api_key": "outside"}
    assert values(set_outside.get(["segmind_api_key"], ANN)) == {"segmind_api_key": "of ann"}


def test_key_when_an_empty_one_is_typed_then_it_is_forgotten_and_half_a_key_is_none(keys):
    keys.keep(TYPED, ANN)
    keys.keep({"bhuman_api_key_secret": " "}, ANN)
    assert keys.get(NAMES, ANN) is None


def test_key_when_kept_then_no_word_of_it_is_in_the_database_and_no_other_secret_opens_it(keys, settings, library):
    keys.keep(TYPED, ANN)
    with library.connect() as connection:
        rows = str(connection.execute(sa.select(provider_key)).all())
    assert "of ann" not in rows
    elsewhere = settings.model_copy(update={"shared_secret": SecretStr("t" * 32)})
    assert Keys(elsewhere, library).get(NAMES, ANN) is None


def test_key_when_another_process_changes_it_then_the_next_question_sees_it(monkeypatch, keys, settings):
    monkeypatch.setattr(kept, "FRESH_SECONDS", 0.0)
    other = Keys(settings, keys._database)
    assert other.get(NAMES, ANN) is None
    keys.keep(TYPED, ANN)
    assert other.get(NAMES, ANN)


def test_key_when_the_database_is_away_for_a_moment_then_it_is_still_known(monkeypatch, keys):
    monkeypatch.setattr(kept, "FRESH_SECONDS", 0.0)
    keys.keep(TYPED, ANN)
    assert keys.get(NAMES, ANN)

    def away() -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(keys, "_read", away)
    assert values(keys.get(NAMES, ANN)) == TYPED


def test_file_of_an_earlier_version_when_taken_in_then_it_is_gone_and_what_was_typed_since_stays(keys, settings):
    settings.data_dir.mkdir()
    file = settings.data_dir / kept.FILE
    file.write_text(json.dumps(TYPED), encoding="utf-8")
    keys.keep({"bhuman_api_key_id": "id-2"})
    keys.take_in()
    assert values(keys.get(NAMES)) == TYPED | {"bhuman_api_key_id": "id-2"}
    assert not file.exists()
    keys.take_in()
