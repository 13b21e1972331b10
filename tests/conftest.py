"""What every test stands on: a clean environment, no way off loopback, a sandbox, a studio, a voice and a face.

What few tests need, a browser, a Postgres or an S3 server, is imported where it is used: all processes read this.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from PIL import Image, ImageDraw

from components.catalog import wire_names_settings
from components.library.records import Generation
from components.providers import PROVIDERS
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.s3_server import BUCKET, make_bucket, start_s3
from tests.sandbox_server import SandboxServer, start_sandbox
from tests.voices import write_voice

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from tests.postgres_server import PostgresServer

OURS = ("STUDIO_", "DBOS_")
OF_PROVIDERS = {
    *(name.upper() for kind in PROVIDERS.values() for name in kind.key_names),
    *(option.name for kind in PROVIDERS.values() for option in kind.options),
    *wire_names_settings(),
}
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
KEY = "SG_test"
HUMO = "segmind/humo"

left_loopback: list[str] = []


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """Nobody's settings, keys or proxy decide how a test ends."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name == "PORT" or name.startswith(OURS) or name.upper() in {*OF_PROVIDERS, *PROXIES}:
                patch.delenv(name)
        patch.setattr("components.settings.SECRETS", Path(os.devnull))
        yield


@pytest.fixture(scope="session", autouse=True)
def _engine_logs_to_no_stream() -> None:
    """Without a handler it would keep the stream of the test that first starts it, which is soon closed."""
    logging.getLogger("dbos").addHandler(logging.NullHandler())


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    try:
        return ipaddress.ip_address(str(address[0]).split("%")[0]).is_loopback
    except ValueError:
        return address[0] in ("localhost", "")


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """Refuses every connection that would leave this machine, and every question for such a name."""

    def guarded(call: Callable, where: Callable) -> Callable:
        def guard(*arguments, **named):
            if not _is_local(where(arguments)):
                left_loopback.append(str(where(arguments)))
                raise ConnectionRefusedError(f"a test may not leave loopback: {where(arguments)}")
            return call(*arguments, **named)

        return guard

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), lambda given: given[1]))
        patch.setattr(socket, "getaddrinfo", guarded(socket.getaddrinfo, lambda given: (given[0] or "",)))
        yield


@pytest.fixture(autouse=True)
def _nothing_left_loopback() -> Iterator[None]:
    """Fails the test that tried, even where the code under test took the refusal for a network's mood."""
    left_loopback.clear()
    yield
    assert not left_loopback


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Drives every browser: a process can start it once only."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> str:
    from tests.browser import find_chromium

    found = find_chromium(playwright)
    if found is None:
        pytest.fail("no Chromium: run `make test`, which installs one, or name yours in CHROMIUM")
    return found


@pytest.fixture(scope="session")
def voice_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of a hum that swells twice."""
    return write_voice(tmp_path_factory.mktemp("voice") / "voice.wav")


@pytest.fixture(scope="session")
def portrait_jpg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A face as a child draws it; no face finder need agree."""
    path = tmp_path_factory.mktemp("portrait") / "portrait.jpg"
    picture = Image.new("RGB", (480, 600), (92, 108, 140))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((100, 90, 380, 500), fill=(222, 165, 126))
    for x in (180, 300):
        draw.ellipse((x - 24, 240, x + 24, 270), fill=(30, 22, 18))
    draw.arc((170, 330, 310, 430), 20, 160, fill=(150, 60, 62), width=8)
    picture.save(path, "JPEG")
    return path


@pytest.fixture(scope="session")
def wide_jpg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture as flat as every model takes it, without a face: what is made of it is quick to render."""
    path = tmp_path_factory.mktemp("wide") / "wide.jpg"
    Image.new("RGB", (750, 300), (90, 120, 150)).save(path, "JPEG")
    return path


@pytest.fixture(scope="session")
def session_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with start_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    from tests.postgres_server import start_postgres

    with start_postgres() as running:
        yield running


@pytest.fixture
def sandbox(session_sandbox: SandboxServer) -> Iterator[SandboxServer]:
    """The session's sandbox, with nothing rehearsed."""
    session_sandbox.rehearse()
    yield session_sandbox
    session_sandbox.rehearse()


class Ledger:
    """What came to the sandbox since the test began."""

    def __init__(self, sandbox: SandboxServer) -> None:
        self._sandbox = sandbox
        self._before = {name: len(lines) for name, lines in sandbox.ledger().items()}

    def paid(self) -> list[dict]:
        return self._sandbox.ledger()["paid"][self._before["paid"] :]

    def refused(self) -> list[int]:
        return [line["status"] for line in self._sandbox.ledger()["refused"][self._before["refused"] :]]


@pytest.fixture
def ledger(sandbox: SandboxServer) -> Ledger:
    return Ledger(sandbox)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A studio of its own in a new data folder; without a key, so its providers are its own sandbox."""
    return Settings(data_dir=tmp_path / "data", poll_seconds=0.05)


@pytest.fixture
def live(settings: Settings, sandbox: SandboxServer) -> Settings:
    """A studio with a key that takes the session's sandbox for the providers themselves."""
    return settings.model_copy(update=as_live(sandbox.url))


def every_key(secret: str) -> dict[str, str]:
    """A key for each provider, each of its parts another one."""
    return {name: f"{secret}{name}" for kind in PROVIDERS.values() for name in kind.key_names}


def as_live(gateway: str) -> dict[str, object]:
    return {"gateway": gateway, "sandbox": "never", "segmind_api_key": KEY}


@pytest.fixture
def studio(live: Settings) -> Iterator[Studio]:
    with open_studio(live) as running:
        yield running


@pytest.fixture
def submit(voice_wav: Path) -> Callable[..., Generation]:
    """Submits the smallest clip there is; `changes` goes over its parameters."""

    def submit(studio: Studio, **changes: object) -> Generation:
        small = {"prompt": "x", "audio": studio.add_asset(voice_wav).id, "frames": 10, "width": 832, "height": 480}
        return studio.submit(HUMO, small | changes)

    return submit


@pytest.fixture
def quick_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fraction of a second between tries, in place of the wait that engine and provider wish for."""
    for name, seconds in {"LEAST": 0.05, "FIRST": 0.1, "LONGEST": 0.4, "LONGEST_WISH": 0.1}.items():
        monkeypatch.setattr(f"components.engine.pauses.{name}", seconds)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """A real S3 server on loopback."""
    with start_s3() as address:
        yield address


@pytest.fixture
def s3_url(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bucket of it, with the variables that lead there."""
    for name, value in make_bucket(s3_server).items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/films"


@pytest.fixture
def locks_bucket(s3_server: str) -> Iterator[Callable[[], None]]:
    """Called, makes the S3 server refuse our keys from then on."""

    def let(actions: str) -> None:
        requests.post(f"{s3_server}/moto-api/reset-auth", data=actions, timeout=60).raise_for_status()

    yield lambda: let("0")
    let("inf")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop running, under which no engine can start."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
