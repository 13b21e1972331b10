"""A studio behind its routes that takes the session's sandbox for the providers, for assistants to call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.routes.api.operations import rate
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live
from tests.routes.conftest import port  # noqa: F401
from tests.sandbox_server import SandboxServer, until

TALK = "segmind/infinite-talk"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, session_sandbox: SandboxServer) -> Iterator[Studio]:
    plain = Settings(data_dir=tmp_path_factory.mktemp("mcp") / "data", poll_seconds=0.05)
    with open_studio(plain.model_copy(update=as_live(session_sandbox.url))) as running:
        rate.forget()
        yield running
        until(lambda: not running.generations.any_under_way())
