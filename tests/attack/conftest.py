"""A whole studio as its users start it, for those who come to it from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.settings import Settings
from tests.attack.swallower import Swallower
from tests.gallery_rows import Shelf
from tests.sandbox_server import until
from tests.studio_server import StudioServer, start_studio

FRONT = "studio.front.example"
"""The name of a proxy before the studio."""


@pytest.fixture(scope="module")
def swallower() -> Iterator[Swallower]:
    with Swallower() as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, swallower: Swallower) -> Iterator[StudioServer]:
    """Has four videos; any request of its own to another machine would go to the swallower."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("attack") / "data", poll_seconds=0.05)
    settings.data_dir.mkdir()
    shelf = Shelf(settings.data_dir)
    shelf.film(shelf.fill(4))
    given = _by_way_of(swallower) | {"STUDIO_ALLOWED_HOSTS": FRONT}
    with start_studio(settings, serve=False, **given) as running:
        until(running.healthy)
        yield running


def _by_way_of(swallower: Swallower) -> dict[str, str]:
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), swallower.url)
    return proxies | dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost")
