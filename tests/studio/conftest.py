"""One studio for all tests of a file that leave no mark on each other; an engine takes a second to stop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live
from tests.library.conftest import (  # noqa: F401
    add_generation,
    bin_,
    clock,
    database,
    derived,
    film,
    gallery,
    library,
    make,
    sqlite,
    storage,
)
from tests.sandbox_server import SandboxServer


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, session_sandbox: SandboxServer) -> Iterator[Studio]:
    """It has a key and takes the session's sandbox for the provider."""
    folder = tmp_path_factory.mktemp("shared") / "data"
    with open_studio(
        Settings(data_dir=folder, poll_seconds=0.05).model_copy(update=as_live(session_sandbox.url))
    ) as it:
        yield it
