"""Health: 200 while the engine runs, 503 without it, and nothing else told."""

from __future__ import annotations

import json

import pytest

from components.studio import open_studio
from components.studio import studio as module


@pytest.fixture
def alone(monkeypatch):
    """No studio of another test counts as this server's."""
    monkeypatch.setattr(module, "_open", [])


def test_health_when_the_engine_runs_then_200(ask, alone, settings):
    with open_studio(settings):
        got = ask("/healthz")
    assert (got.status, json.loads(got.content)) == (200, {"ok": True})


def test_health_when_there_is_no_engine_then_503_and_a_sentence(ask, alone):
    got = ask("/healthz")
    told = json.loads(got.content)
    assert (got.status, told["ok"]) == (503, False)
    assert told["error"].endswith(".")


def test_files_when_there_is_no_engine_then_404_and_a_sentence(ask, alone):
    got = ask("/files/token/a.mp4")
    assert got.status == 404
    assert b"engine is not running" in got.content
