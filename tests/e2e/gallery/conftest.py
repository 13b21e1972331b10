"""One studio with a full gallery for all tests of this folder, and browsers that visit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from components.settings import Settings
from tests.e2e.gallery.visitor import Gallery
from tests.gallery_rows import Shelf
from tests.studio_server import StudioServer, start_studio

COUNT, FILMED = 60, 8


@pytest.fixture(scope="package")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("gallery") / "data"
    folder.mkdir()
    shelf = Shelf(folder)
    shelf.film_all(shelf.fill(COUNT), FILMED)
    return shelf


@pytest.fixture(scope="package")
def server(shelf: Shelf) -> Iterator[StudioServer]:
    with start_studio(Settings(data_dir=shelf.folder, poll_seconds=0.05)) as running:
        yield running


@pytest.fixture
def visit(page: Page, server: StudioServer) -> Callable[..., Gallery]:
    return lambda query="": Gallery(page, server).opens(query)


@pytest.fixture
def gallery(visit: Callable[..., Gallery]) -> Gallery:
    return visit()


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Other browsers, which share nothing with the first."""
    contexts: list[BrowserContext] = []

    def open_one(**given: object) -> Page:
        contexts.append(browser.new_context(**given))
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()
