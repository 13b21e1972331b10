"""A person at the gallery, in one tab of a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.person import PATIENCE
from tests.gallery_rows import name as video
from tests.studio_server import StudioServer


class Gallery:
    """Opens, rests, presses, selects and sees."""

    def __init__(self, page: Page, server: StudioServer) -> None:
        self.page, self.url = page, f"{server.url}/gallery"
        page.set_default_timeout(PATIENCE)
        self.cards = page.locator(".card")
        self.count = page.get_by_role("status").filter(has_text=re.compile(r"\d of \d"))
        self.bar = page.locator(".st-key-gallery-bar")

    def opens(self, query: str = "") -> Gallery:
        self.page.goto(f"{self.url}{query}")
        expect(self.cards.first).to_be_visible(timeout=PATIENCE)
        self.calm()
        return self

    def calm(self) -> None:
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    def kept(self) -> None:
        """Python has taken in all that was pressed."""
        expect(self.page.locator(".gallery")).to_have_attribute("data-waiting", "0", timeout=PATIENCE)

    def card(self, number: int) -> Locator:
        return self.page.locator(f"[data-card='{video(number)}']")

    def poster(self, number: int) -> Locator:
        return self.card(number).locator(".open")

    def selects(self, *numbers: int) -> None:
        for number in numbers:
            self.card(number).get_by_role("checkbox").check()
        expect(self.bar).to_contain_text(f"{len(numbers)} selected")

    def shown(self) -> list[str | None]:
        return [card.get_attribute("data-card") for card in self.cards.all()]
