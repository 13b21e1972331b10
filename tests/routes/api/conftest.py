"""A studio behind its routes, and programs that call it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from components.routes.api.operations import rate
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import HUMO, as_live
from tests.routes.conftest import Got
from tests.sandbox_server import SandboxServer, until

GENERATIONS = "/api/v1/generations"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, session_sandbox: SandboxServer) -> Iterator[Studio]:
    """It takes the session's sandbox for the provider, so that what it sends counts."""
    plain = Settings(data_dir=tmp_path_factory.mktemp("api") / "data", poll_seconds=0.05)
    with open_studio(plain.model_copy(update=as_live(session_sandbox.url))) as running:
        yield running


@pytest.fixture(autouse=True)
def _nothing_is_left_of_another_test(shared: Studio) -> Iterator[None]:
    rate.forget()
    yield
    until(lambda: not shared.generations.any_under_way())


@dataclass(frozen=True)
class Program:
    """Calls the API with a token, or as it is told."""

    ask: Callable[..., Got]
    words: str

    def __call__(self, path: str, method: str = "GET", body: bytes | dict | None = None, **headers: str) -> Got:
        sent = json.dumps(body).encode() if isinstance(body, dict) else body
        given = {"Authorization": f"Bearer {self.words}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.ask(path, method, sent, **given)

    def send(self, key: str | None, parameters: dict[str, Any], model: str = HUMO) -> Got:
        headers = {} if key is None else {"Idempotency-Key": key}
        return self(GENERATIONS, "POST", {"model": model, "parameters": parameters}, **headers)


@pytest.fixture
def program(ask, shared: Studio) -> Program:
    return Program(ask, shared.tokens.make("a script").words)


@pytest.fixture
def small(shared: Studio, voice_wav) -> dict[str, Any]:
    """The smallest request there is."""
    return {"prompt": "x", "audio": shared.add_asset(voice_wav).id, "frames": 10, "width": 832, "height": 480}


def told(got: Got, status: int = 200) -> Any:
    """What an answer says, as JSON; its status must be this one."""
    assert got.status == status, got.content
    return json.loads(got.content)


def refused(got: Got, status: int, code: str, *words: str) -> None:
    """An error must be told with this status, code and words."""
    said = told(got, status)["error"]
    assert said["code"] == code
    assert set(said) <= {"code", "message", "hint", "problems"}
    for each in words:
        assert each in f"{said['message']} {said['hint']}"
