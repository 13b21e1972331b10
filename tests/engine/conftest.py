"""A gateway that meddles, and a studio behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from components.library.records import Generation
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live
from tests.engine.meddler import Meddler, start_meddler
from tests.sandbox_server import SandboxServer, until


@pytest.fixture
def meddler(sandbox: SandboxServer) -> Iterator[Meddler]:
    with start_meddler(sandbox.url) as running:
        yield running


@pytest.fixture
def meddled(settings: Settings, meddler: Meddler) -> Settings:
    return settings.model_copy(update=as_live(meddler.url))


@pytest.fixture
def studio(meddled: Settings) -> Iterator[Studio]:
    """Here every studio speaks through the meddler."""
    with open_studio(meddled) as running:
        yield running


@pytest.fixture
def reaches() -> Callable[..., Generation]:
    """Waits until a generation is in a state; gives the generation."""

    def reaches(studio: Studio, generation: Generation, state: str, seconds: float = 30) -> Generation:
        return until(lambda: (now := studio.get(generation.id)).state == state and now, seconds)

    return reaches
