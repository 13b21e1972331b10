"""One Chromium for all browser tests, and pages that fail their test on an uncaught error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.browser import launch, launch_with_profile, watched

# A busy machine is no fault of the page: five seconds, Playwright's own patience, are too few on two cores.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """For contexts that share nothing with any other."""
    running = launch(playwright, chromium)
    yield running
    running.close()


@pytest.fixture(scope="session")
def profile(
    playwright: Playwright, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser that keeps the compiled scripts of a page: opening it again costs three fifths of the work."""
    running = launch_with_profile(playwright, chromium, tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture
def page(profile: BrowserContext) -> Iterator[Page]:
    with clean_tab(profile) as page:
        yield page


@contextmanager
def clean_tab(profile: BrowserContext) -> Iterator[Page]:
    """A tab of that browser, which remembers nothing of the tests before."""
    try:
        with watched(profile) as page:
            yield page
    finally:
        _forget(profile)


def _forget(profile: BrowserContext) -> None:
    """Closes all tabs but the first, which keeps the browser open, and empties all that a page can store."""
    first, *tabs = profile.pages
    places = {urlsplit(tab.url)._replace(path="", query="", fragment="").geturl() for tab in tabs}
    for tab in tabs:
        tab.close()
    profile.clear_cookies()
    profile.clear_permissions()
    session = profile.new_cdp_session(first)
    for place in places:
        session.send("Storage.clearDataForOrigin", {"origin": place, "storageTypes": "all"})
    session.detach()
