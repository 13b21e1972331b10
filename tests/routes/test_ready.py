"""Readiness: 200 once all parts work, else 503 with the names of those that do not, and nothing else of them."""

from __future__ import annotations

import json
import threading

import pytest
import sqlalchemy as sa

from components.settings import Settings
from components.studio import open_studio, readiness
from components.studio import studio as module
from tests.sandbox_server import until

ALL_WELL = (200, {"ready": True, "missing": []})


@pytest.fixture
def opened(monkeypatch, settings):
    """A studio whose providers are its own sandbox, and no other in this process."""
    monkeypatch.setattr(module, "_open", [])
    with open_studio(settings) as running:
        yield running


@pytest.fixture
def told(ask):
    def told() -> tuple[int, dict]:
        got = ask("/readyz")
        assert got.headers["cache-control"] == "no-store"
        return got.status, json.loads(got.content)

    return told


@pytest.fixture
def ready(opened, told):
    """The same studio once it is ready."""
    until(lambda: told() == ALL_WELL)
    return opened


def lacks(name: str) -> tuple[int, dict]:
    return 503, {"ready": False, "missing": [name]}


def test_ready_when_one_part_after_another_breaks_then_each_is_named_and_it_comes_back(ready, told):
    rename = sa.text("ALTER TABLE generation RENAME TO away"), sa.text("ALTER TABLE away RENAME TO generation")
    incoming = ready.settings.data_dir / "incoming"
    with ready._engine.database.begin() as connection:
        connection.execute(rename[0])
    until(lambda: told() == lacks("database"))
    with ready._engine.database.begin() as connection:
        connection.execute(rename[1])
    incoming.rename(incoming.with_name("away"))
    until(lambda: told() == lacks("storage"))
    incoming.with_name("away").rename(incoming)
    until(lambda: told() == ALL_WELL)
    ready._engine.context.sends.close(0)
    until(lambda: told() == lacks("engine"))


def test_ready_when_the_sandbox_that_is_needed_cannot_start_then_it_is_named(opened, told):
    (opened.settings.data_dir / "sandbox").write_text("a file where its folder should be")
    until(lambda: told() == lacks("sandbox"))


def test_ready_when_no_generation_would_go_to_the_sandbox_then_it_is_not_started(monkeypatch, tmp_path, told):
    monkeypatch.setattr(module, "_open", [])
    with open_studio(Settings(data_dir=tmp_path / "data", sandbox="never")):
        until(lambda: told() == ALL_WELL)
    assert not (tmp_path / "data" / "sandbox").exists()


def test_ready_when_a_part_hangs_then_it_is_named_in_time_and_asked_once(ready, told, monkeypatch):
    released, asked = threading.Event(), []
    monkeypatch.setattr(readiness, "PATIENCE", 0.5)
    hanging = readiness._Check("storage", lambda: asked.append(1) or released.wait())
    monkeypatch.setitem(ready.readiness._checks, "storage", hanging)
    for _ in range(3):
        until(lambda: told() == lacks("storage"))  # on a slow machine another one may be late, too
    assert len(asked) == 1
    released.set()
    until(lambda: told() == ALL_WELL)


def test_ready_when_there_is_no_engine_then_503(monkeypatch, told):
    monkeypatch.setattr(module, "_open", [])
    assert told() == lacks("engine")
