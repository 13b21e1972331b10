"""A gateway that meddles, and one studio behind it for all tests of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from components.library.records import Generation
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live
from tests.engine.meddler import Meddler, start_meddler
from tests.library.conftest import add_generation, database, library, sqlite  # noqa: F401
from tests.sandbox_server import SandboxServer, until


@pytest.fixture(scope="module")
def module_meddler(session_sandbox: SandboxServer) -> Iterator[Meddler]:
    with start_meddler(session_sandbox.url) as running:
        yield running


@pytest.fixture(scope="module")
def module_studio(module_meddler: Meddler, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    plain = Settings(data_dir=tmp_path_factory.mktemp("engine") / "data", poll_seconds=0.05)
    with open_studio(plain.model_copy(update=as_live(module_meddler.url))) as running:
        yield running


@pytest.fixture
def meddler(module_meddler: Meddler) -> Iterator[Meddler]:
    """The gateway in front of the session's sandbox, with no meddling planned."""
    module_meddler.forget()
    yield module_meddler
    module_meddler.forget()


@pytest.fixture
def studio(module_studio: Studio, sandbox: SandboxServer, meddler: Meddler) -> Studio:
    """Speaks through the meddler. A process holds one studio: `open_studio` belongs in modules without this."""
    return module_studio


@pytest.fixture
def meddled(settings: Settings, meddler: Meddler) -> Settings:
    """For a test that opens its own studio behind the meddler."""
    return settings.model_copy(update=as_live(meddler.url))


@pytest.fixture
def reaches() -> Callable[..., Generation]:
    """Waits until a generation is in a state; gives the generation."""

    def reaches(studio: Studio, generation: Generation, state: str, seconds: float = 30) -> Generation:
        return until(lambda: (now := studio.generations.get(generation.id)).state == state and now, seconds)

    return reaches
