"""An empty library, brought to its newest shape."""

from __future__ import annotations

import pytest

from components.library.bin import Bin
from components.library.database import migrate, open_database, sqlite_url
from components.library.derived import Derived
from components.library.generations import Generations
from components.library.links import PERIOD
from components.library.sight import Sight
from components.library.storage import Storage
from components.studio.gallery import Gallery
from tests.e2e.clips import make_clip
from tests.library.videos import FACTS, add_video


@pytest.fixture
def sqlite(tmp_path):
    engine = open_database(sqlite_url(tmp_path / "studio.db"))
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request):
    """The same queries hold on both."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    engine = open_database(request.getfixturevalue("postgres").new_database())
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
    return Gallery(library, Sight("local"))


@pytest.fixture
def bin_(library):
    return Bin(library, Sight("local"))


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
def film(tmp_path, library, storage, add_generation):
    """A video with its file, `g1-0`."""
    add_generation("g1", parameters={"prompt": "rain", "frames": 25})
    rows = Generations(library, "local")
    add_video(rows, "local", "g1", 0, FACTS)
    rows.move("g1", "queued", "done")
    make_clip(tmp_path / "clip.mp4", 1.0, 30, 220, (416, 240))
    storage.put("outputs/g1-0.mp4", (tmp_path / "clip.mp4").read_bytes())
    storage.put("posters/g1-0.jpg", b"x")
    return rows.output("g1-0")


@pytest.fixture
def derived(library, storage):
    return Derived(Generations(library, "local"), storage)


@pytest.fixture
def clock(monkeypatch):
    """A time that a test sets, for what is signed."""
    now = [10_000 * PERIOD]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now
