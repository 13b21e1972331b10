"""A studio without a key, as a newcomer starts it, and rows put into its library by hand."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator

import pytest

from components.errors import ErrorInfo
from components.library.generations import Generations
from components.library.records import Generation
from components.library.tables import asset, generation, output
from components.settings import Settings
from components.studio import LOCAL, Studio, open_studio
from tests.ui.screen import SPEC, Screen


@pytest.fixture(scope="module")
def module_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("studio") / "data", poll_seconds=0.05)
    with open_studio(settings) as running:
        yield running


@pytest.fixture
def studio(module_studio: Studio) -> Iterator[Studio]:
    """The module's studio with nothing in its library; a test that opens its own stands in another module."""
    yield module_studio
    with module_studio._engine.database.begin() as connection:
        for table in (output, generation, asset):
            connection.execute(table.delete())


@pytest.fixture
def home(studio: Studio) -> Screen:
    return Screen()


@pytest.fixture
def humo(home: Screen) -> Screen:
    return home.open("humo")


@pytest.fixture
def add(studio: Studio) -> Callable[..., Generation]:
    """Puts a generation into the library in any state; no job works on it."""

    def add(state: str, error: ErrorInfo | None = None, **parameters: object) -> Generation:
        database = studio._engine.database
        rows, name = Generations(database, LOCAL), uuid.uuid4().hex
        given = {"prompt": "A person", "audio": "gone", **parameters}
        with database.begin() as connection:
            rows.insert(connection, id=name, model=SPEC.id, parameters=given, sandbox=True)
        if state != "queued":
            sent = {"submitted_at": time.time(), "error": error and error.model_dump()}
            assert rows.move(name, "queued", state, **sent)
        if state == "done":
            _add_output(rows, name)
        return studio.get(name)

    return add


def _add_output(rows: Generations, generation_id: str) -> None:
    rows.add_output(
        id=uuid.uuid4().hex,
        owner=LOCAL,
        generation_id=generation_id,
        position=0,
        media_type="video/mp4",
        key=f"outputs/{generation_id}.mp4",
        poster_key=f"posters/{generation_id}.jpg",
        size=1,
        sha256="0" * 64,
        facts={"fps": 25.0, "frames": 25},
    )
