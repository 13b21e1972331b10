"""An empty library, brought to its newest shape."""

from __future__ import annotations

import pytest

from components.library.database import migrate, open_database, sqlite_url
from components.library.gallery import Gallery
from components.library.generations import Generations
from components.library.links import PERIOD
from components.library.storage import Storage
from tests.library.videos import FACTS, add_video


@pytest.fixture
def database(tmp_path):
    engine = open_database(sqlite_url(tmp_path / "studio.db"))
    yield engine
    engine.dispose()


@pytest.fixture
def library(database):
    migrate(database)
    return database


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path)


@pytest.fixture
def add_generation(library):
    """Adds a queued generation and gives its id."""

    def add(generation_id="g1", owner="local", **values):
        row = {"model": "segmind/humo", "parameters": {}, "sandbox": False} | values
        with library.begin() as connection:
            Generations(library, owner).insert(connection, id=generation_id, **row)
        return generation_id

    return add


@pytest.fixture
def gallery(library):
    return Gallery(library, "local")


@pytest.fixture
def make(library, add_generation):
    """A finished generation with videos `NAME-0`, `NAME-1` ...; the one made last is the newest."""
    made = []

    def make(name, videos=1, owner="local", cost=None, facts=FACTS, **values):
        add_generation(name, owner, created_at=1000.0 + len(made), **values)
        made.append(name)
        rows = Generations(library, owner)
        for position in range(videos):
            add_video(rows, owner, name, position, facts)
        rows.move(name, "queued", "done", cost_micros=cost)
        return name

    return make


@pytest.fixture
def clock(monkeypatch):
    """A time that a test sets, for what is signed."""
    now = [10_000 * PERIOD]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now
