"""A studio without a key, as a newcomer starts it, and the pages that such a visitor opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest
from streamlit.components.v2 import manifest_scanner

from components.library.records import Generation
from components.library.tables import asset, generation, output, preference
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.ui.rows import add_generation
from tests.ui.screen import Screen


@pytest.fixture(scope="session", autouse=True)
def _packages_are_searched_once() -> Iterator[None]:
    """Each AppTest reads the metadata of everything installed, for components: nine tenths of a test's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


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
        for table in (output, generation, asset, preference):
            connection.execute(table.delete())


@pytest.fixture
def home(studio: Studio) -> Screen:
    return Screen()


@pytest.fixture
def humo(home: Screen) -> Screen:
    return home.open("humo")


@pytest.fixture
def add(studio: Studio) -> Callable[..., Generation]:
    return partial(add_generation, studio._engine.database)
