"""A studio behind its routes, and the client that a script has of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.client.remote import RemoteStudio
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live
from tests.routes.conftest import port  # noqa: F401
from tests.sandbox_server import SandboxServer, until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, session_sandbox: SandboxServer) -> Iterator[Studio]:
    """It takes the session's sandbox for the provider, so that what it sends counts."""
    plain = Settings(data_dir=tmp_path_factory.mktemp("remote") / "data", poll_seconds=0.05)
    with open_studio(plain.model_copy(update=as_live(session_sandbox.url))) as running:
        yield running
        until(lambda: not running.generations.any_under_way())


@pytest.fixture
def token(server: Studio) -> str:
    return server.tokens.make("a script").words


@pytest.fixture
def remote(port: int, token: str) -> Iterator[RemoteStudio]:  # noqa: F811
    with open_studio(url=f"http://127.0.0.1:{port}", token=token) as studio:
        yield studio


@pytest.fixture
def small(remote: RemoteStudio, voice_wav) -> dict[str, object]:
    return {"prompt": "x", "audio": remote.add_asset(voice_wav).id, "frames": 10, "width": 832, "height": 480}
