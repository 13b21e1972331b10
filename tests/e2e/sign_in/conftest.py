"""A studio with sign-in and its provider, and browsers that share nothing, one a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect

from components.library.database import open_database, sqlite_url
from components.settings import Settings
from tests.browser import watched
from tests.oidc_server import start_provider, start_with_sign_in
from tests.studio_server import StudioServer

SOON = 90_000
"""Milliseconds within which somebody is out: fifteen seconds, on a machine that has much else to do."""


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with start_provider(tmp_path_factory.mktemp("provider")) as address:
        yield address


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[StudioServer]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("sign-in") / "data", poll_seconds=0.05)
    with start_with_sign_in(settings, provider) as running:
        yield running


@pytest.fixture
def database(server: StudioServer) -> Iterator[sa.Engine]:
    """The server's own, as another process of the same studio has it."""
    engine = open_database(sqlite_url(server.data_dir / "studio.db"))
    yield engine
    engine.dispose()


@dataclass(frozen=True)
class Visit:
    """A browser of one person, with a tab on the studio."""

    page: Page
    server: StudioServer
    provider: str

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def signs_in(self, email: str) -> None:
        """By the button, and at the provider by the one with the address."""
        self.page.goto(self.server.url)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.provider}/**")
        self.page.get_by_role("button", name=email, exact=True).click()
        self.page.wait_for_url(f"{self.server.url}/**")

    def signs_out(self) -> None:
        """By the button; the provider asks whether it shall end there too."""
        self.page.get_by_role("button", name="Sign out").click()
        self.page.get_by_role("button", name="End session").click()
        self.page.wait_for_url(f"{self.server.url}/**")

    def is_asked_to_sign_in(self, sentence: str) -> None:
        expect(self.page.get_by_role("heading", name="Your team's studio")).to_be_visible(timeout=SOON)
        expect(self.page.get_by_text(sentence)).to_be_visible()
        expect(self.page.get_by_test_id("stSidebarNav")).to_have_count(0)

    def cookies(self) -> dict[str, str]:
        """Of the studio; a copy of them may outlive the browser's own."""
        host = urlsplit(self.server.url).hostname
        return {one["name"]: one["value"] for one in self.context.cookies() if one["domain"] == host}


@pytest.fixture
def visit(browser: Browser, server: StudioServer, provider: str) -> Iterator[Callable[[], Visit]]:
    """Opens another browser at each call."""
    with ExitStack() as opened:

        def visit() -> Visit:
            context = browser.new_context(viewport={"width": 1400, "height": 930}, color_scheme="dark")
            opened.callback(context.close)
            # The provider's page asks elsewhere for its style.
            context.route("https://**", lambda route: route.abort())
            return Visit(opened.enter_context(watched(context)), server, provider)

        yield visit
