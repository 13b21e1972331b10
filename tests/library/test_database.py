from __future__ import annotations

import sqlite3
import time

import pytest
import sqlalchemy as sa
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from components.library import database as opened
from components.library.database import migrate
from components.library.records import View
from components.library.sight import Sight
from components.library.tables import metadata, searched
from components.studio.gallery import Gallery


def differences(engine):
    def ours(name, kind, _):
        return kind != "table" or name in metadata.tables

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        return compare_metadata(context, metadata)


def test_migrate_when_empty_then_the_tables_are_as_described(database):
    migrate(database)
    assert differences(database) == []


def test_migrate_when_run_twice_then_nothing_is_lost(library, add_generation):
    add_generation()
    migrate(library)
    with library.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM generation")).scalar() == 1


def test_migrate_when_other_tables_are_there_then_they_are_left_alone(database):
    with database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE workflow_status (x INTEGER)"))
    migrate(database)
    assert "workflow_status" in sa.inspect(database).get_table_names()
    assert differences(database) == []


def test_migrate_when_the_folder_has_a_percent_sign_then_it_works(tmp_path, monkeypatch):
    place = tmp_path / "100% mine"
    place.mkdir()
    engine = opened.open_database(opened.sqlite_url(place / "studio.db"))
    migrate(engine)
    engine.dispose()
    assert (place / "studio.db").is_file()


def test_connection_when_opened_then_has_the_pragmas_that_money_needs(sqlite):
    wanted = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30000, "foreign_keys": 1}
    with sqlite.connect() as one, sqlite.connect() as other:
        for connection in (one, other):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted
            # A transaction that writes takes its lock at once, so that it can never fail halfway.
            assert connection.connection.dbapi_connection.isolation_level == "IMMEDIATE"


def test_unixepoch_when_sqlite_is_old_then_ours_stands_in(monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    engine = opened.open_database("sqlite://")
    with engine.connect() as connection:
        exact, whole = connection.exec_driver_sql("SELECT unixepoch('subsec'), unixepoch()").one()
    engine.dispose()
    assert isinstance(exact, float)
    assert isinstance(whole, int)
    assert 0 <= time.time() - exact < 60
    assert whole in (int(exact), int(exact) + 1)


def test_migrate_when_the_library_is_of_the_first_version_then_its_videos_can_be_searched(database):
    with database.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(opened.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO generation VALUES ('g', 'local', 'segmind/humo', 'done', true, '{\"prompt\": \"Rain\"}',"
            " NULL, NULL, NULL, 0, 1.0, 2.0, 3.0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO output VALUES ('g-0', 'local', 'g', 0, 'video/mp4', 'outputs/g-0.mp4', NULL, 1, 'x',"
            ' \'{"seconds": 2.5, "label": "Ann"}\', 1.0)'
        )
    migrate(database)
    gallery = Gallery(database, Sight("local"))
    for text in ("rain", "ANN"):
        (entry,) = gallery.entries(View(text=text), limit=9)
        assert (entry.output.seconds, entry.generation.changed_at) == (2.5, 3.0)


def test_migrate_when_cut_short_then_the_next_start_does_it_all(database, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("alembic.op.create_table", cut_short(after=4))
        with pytest.raises(ZeroDivisionError):
            migrate(database)
    migrate(database)
    assert differences(database) == []


def cut_short(after):
    """Alembic's own, until it was called so often."""
    real, calls = op.create_table, iter(range(after))

    def create_table(*arguments, **named):
        if next(calls, None) is None:
            raise ZeroDivisionError
        return real(*arguments, **named)

    return create_table


def test_searched_when_the_text_holds_a_nul_then_it_can_be_kept_anywhere():
    assert searched("A\0nn") == "a nn"
