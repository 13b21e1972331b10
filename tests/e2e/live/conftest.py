"""A studio whose sandbox a test can slow down, tabs of one browser, and work that ends elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Page

from components.library.database import open_database, sqlite_url
from components.library.generations import Generations
from components.settings import Settings
from components.studio import LOCAL
from tests.browser import watched
from tests.conftest import as_live
from tests.e2e.person import Person
from tests.sandbox_server import SandboxServer
from tests.studio_server import StudioServer, start_studio
from tests.ui.rows import add_generation


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, session_sandbox: SandboxServer) -> Iterator[StudioServer]:
    """A studio that takes the session's sandbox for the provider, so that a test can make it slow."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("live") / "data")
    with start_studio(settings.model_copy(update=as_live(session_sandbox.url))) as running:
        yield running


@pytest.fixture
def person(page: Page, server: StudioServer, sandbox: SandboxServer) -> Person:
    return Person(page, server)


@pytest.fixture
def other(person: Person) -> Iterator[Person]:
    """A second tab of the same browser."""
    with watched(person.page.context) as page:
        yield Person(page, person.server)


@pytest.fixture
def newest(server: StudioServer) -> Iterator[Callable[[], str]]:
    """The id of the generation that the server has last; nothing before the first."""
    database = open_database(sqlite_url(server.data_dir / "studio.db"))
    rows = Generations(database, LOCAL)
    yield lambda: next((one.id for one in rows.recent(limit=1)), "")
    database.dispose()


@pytest.fixture
def end(server: StudioServer) -> Iterator[Callable[..., object]]:
    """Writes finished work into the server's library, as a worker elsewhere would."""
    database = open_database(sqlite_url(server.data_dir / "studio.db"))
    yield partial(add_generation, database)
    database.dispose()
