"""A person at the studio's HuMo page: gives, sets, presses and sees, through the browser only."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Request, expect

from components.library.database import open_database, sqlite_url
from components.library.generations import Generations
from components.studio import LOCAL
from components.ui.create.results import TILES
from tests.conftest import HUMO
from tests.e2e.watching import poll
from tests.studio_server import StudioServer

PAGE = "humo"
SMALL, LENGTH = "832×480", "2.0 s"
SIZE, FRAMES = (832, 480), 49
PATIENCE = 60_000
# What a file dragged from the desktop looks like to a page.
DROP = """([name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  return transfer;
}"""


class Person:
    """One tab."""

    def __init__(self, page: Page, server: StudioServer) -> None:
        self.page, self.server = page, server
        self.hosts: set[str] = set()
        page.on("request", self._note)
        page.set_default_timeout(PATIENCE)
        self.player = page.locator(".player")
        self.tiles = page.locator(".tile")
        self.videos = page.locator(".tile video")
        self.direction = page.get_by_role("textbox", name="Direction")
        self.generate = page.get_by_role("button", name="Generate")

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob"):
            self.hosts.add(address.netloc)

    def stayed_here(self) -> bool:
        return self.hosts == {urlsplit(self.server.url).netloc}

    def opens(self, path: str = PAGE) -> None:
        self.page.goto(f"{self.server.url}/{path}")
        if path == PAGE:
            expect(self.direction).to_be_visible(timeout=PATIENCE)

    def control(self, name: str) -> Locator:
        return self.page.locator(f".st-key-{PAGE}-{name}")

    def uploader(self, name: str) -> Locator:
        """The place for a file, asked for anew if one is there."""
        replace = self.control(f"{name}-replace")
        uploader = self.page.locator(f"[class*=st-key-{PAGE}-{name}-upload]:not([data-retained=true])")
        expect(uploader.or_(replace)).to_be_visible()
        if replace.is_visible():
            replace.get_by_role("button").click()
        expect(uploader).to_be_visible()
        return uploader

    def uploads(self, name: str, called: str, data: bytes, media_type: str) -> None:
        field = self.uploader(name).locator("input[type=file]")
        field.set_input_files({"name": called, "mimeType": media_type, "buffer": data})

    def drops(self, name: str, called: str, data: bytes, media_type: str) -> None:
        self.calm()  # a drop on a field that is just drawn anew falls beside it
        zone = self.uploader(name).get_by_test_id("stFileUploaderDropzone")
        carried = [called, media_type, base64.b64encode(data).decode()]
        transfer = self.page.evaluate_handle(DROP, carried)
        for event in ("dragenter", "dragover", "drop"):
            zone.dispatch_event(event, {"dataTransfer": transfer})

    def calm(self) -> None:
        """The page has answered all that was asked of it so far."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    def picks(self, group: str, label: str) -> None:
        """Presses one of a group of buttons."""
        self.calm()
        one = self.control(f"{group}-pick").get_by_role("radio", name=label)
        one.click()
        expect(one).to_have_attribute("aria-checked", "true")
        self.calm()

    def makes_it_small(self) -> None:
        """A clip that is quick to render and long enough to watch."""
        self.picks("resolutions", SMALL)
        self.picks("durations", LENGTH)
        expect(self.control("frames")).to_contain_text(str(FRAMES))

    def slides(self, name: str, *keys: str) -> str:
        """Moves a slider by the keyboard; gives what it stands on."""
        self.calm()
        self.control(name).locator("input[type=range]").focus()
        for key in keys:
            self.page.keyboard.press(key)
        return self.control(name).locator("input[type=range]").input_value()

    def fills_in(self) -> None:
        """Everything that a generation needs, where the last request has not brought it."""
        self.calm()
        for name, shown in (("image", ".st-portrait"), ("audio", ".st-voice")):
            sample = self.control(f"{name}-sample").get_by_role("button")
            expect(sample.or_(self.page.locator(shown))).to_be_visible()
            if sample.is_visible():
                sample.click()
            expect(self.page.locator(shown)).to_be_visible()
        if not self.direction.input_value():
            self.direction.fill("A person speaks warmly to the camera.")
        self.makes_it_small()

    def has(self, count: int) -> None:
        """At least that many videos, each with a `scale_a` of its own; makes what is missing."""
        self.opens()
        self.fills_in()
        self.calm()
        expect(self.tiles).to_have_count(self._shown())
        for number in range(self.videos.count(), count):
            self.slides("scale_a", "Home", *["ArrowRight"] * number)
            self.generate.click()
            expect(self.videos).to_have_count(number + 1, timeout=PATIENCE)

    def _shown(self) -> int:
        """How many takes the page comes to show of those that the studio has."""
        database = open_database(sqlite_url(self.server.data_dir / "studio.db"))
        try:
            return len(Generations(database, LOCAL).recent(HUMO, limit=TILES))
        finally:
            database.dispose()

    def sees_ready(self, count: int) -> None:
        expect(self.videos).to_have_count(count, timeout=PATIENCE)
        poll(self.player, "(root) => [...root.querySelectorAll('video')].every((v) => v.readyState >= 3)")

    def newest(self) -> str:
        """The generation that its first tile shows."""
        return self.tiles.first.get_attribute("data-tile") or ""
