"""One Chromium for all browser tests, and pages that fail their test on an uncaught error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser import launch, watched

# A busy machine is no fault of the page: five seconds, Playwright's own patience, are too few on two cores.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    running = launch(playwright, chromium)
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 930}, color_scheme="dark")
    with watched(context) as page:
        yield page
    context.close()
