"""What a newcomer does, in a real browser against the real server: from a face to two videos in step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest
import requests
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from components.errors import ErrorInfo
from components.library.database import open_database, sqlite_url
from components.library.generations import Generations
from components.settings import Settings
from components.studio import LOCAL
from tests.browser import watched
from tests.e2e.person import FRAMES, PATIENCE, SIZE, Person
from tests.e2e.watching import CLOCKS, SAMPLE, in_step, play, poll, settled
from tests.media.making import make_picture, make_tone
from tests.sandbox_server import SandboxServer, until
from tests.studio_server import StudioServer, start_studio
from tests.ui.rows import add_generation

pytestmark = pytest.mark.browser

SLOW = 3600.0
"""Seconds that a video takes, unless its test ends them."""
AMBER = (242, 184, 75)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    with start_studio(Settings(data_dir=tmp_path_factory.mktemp("journey") / "data")) as running:
        yield running


@pytest.fixture
def person(page: Page, server: StudioServer) -> Iterator[Person]:
    someone = Person(page, server)
    yield someone
    assert someone.stayed_here(), f"the page asked elsewhere: {someone.hosts}"


@contextmanager
def library(server: StudioServer) -> Iterator[sa.Engine]:
    """The server's own database, opened beside it."""
    database = open_database(sqlite_url(server.data_dir / "studio.db"))
    yield database
    database.dispose()


def sandbox_of(server: StudioServer) -> SandboxServer:
    """The one that this studio runs for itself, once it runs."""
    address = server.data_dir / "sandbox.address"
    until(lambda: requests.get(f"{server.url}/readyz", timeout=60).ok)
    return SandboxServer(server.process, address.read_text("ascii"))


def test_first_take_when_the_page_is_reloaded_and_left_then_arrives_and_plays(person, server):
    opens_humo_from_home(person)
    person.direction.fill("A person in a grey coat reads the news, kindly.")
    person.direction.blur()  # as a hand does that goes for a file
    person.calm()
    person.uploads("image", "me.jpg", make_picture(), "image/jpeg")
    expect(person.page.get_by_text("me.jpg")).to_be_visible()
    person.drops("audio", "hello.wav", make_tone(3.0), "audio/wav")
    expect(person.page.get_by_text("hello.wav")).to_be_visible()
    person.makes_it_small()
    expect(person.page.get_by_text("HuMo leaves out the rest")).to_be_visible()

    sandbox_of(server).rehearse(slow_seconds=SLOW)
    person.direction.press("Control+Enter")
    expect(person.tiles.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d$"))
    begun = person.newest()
    person.page.reload()
    expect(person.tiles).to_have_attribute("data-tile", begun)
    person.page.get_by_role("link", name="Settings", exact=True).click()
    expect(person.page.get_by_text("Keys, sandbox and storage")).to_be_visible()
    person.page.get_by_role("link", name="HuMo", exact=True).click()
    expect(person.tiles).to_have_attribute("data-tile", begun)
    expect(person.direction).to_have_value("A person in a grey coat reads the news, kindly.")

    expect(person.tiles.first).to_contain_text("rendering")
    sandbox_of(server).hurry()
    person.sees_ready(1)
    play(person.player)
    poll(person.player, "(root) => root.querySelector('video').currentTime > 0.5")


def opens_humo_from_home(person: Person) -> None:
    person.opens("")
    expect(person.page.get_by_text("a portrait, a voice and a line of direction into video")).to_be_visible()
    person.page.get_by_test_id("stMain").get_by_role("link", name="HuMo").click()
    expect(person.direction).to_be_visible(timeout=PATIENCE)


def test_take_when_the_server_is_killed_in_between_then_arrives_after_a_restart(person, server):
    person.has(1)
    before = person.videos.count()
    scale = person.slides("scale_a", "End", "ArrowLeft")
    sandbox_of(server).rehearse(slow_seconds=SLOW)
    person.generate.click()
    expect(person.tiles).to_have_count(before + 1)
    expect(person.tiles.first).to_contain_text("rendering")
    begun = person.newest()
    server.kill()
    with library(server) as database:
        assert Generations(database, LOCAL).get(begun).state == "running"
    server.start()
    sandbox_of(server).hurry()
    person.opens()
    expect(person.tiles.first).to_have_attribute("data-tile", begun)
    person.sees_ready(before + 1)
    expect(person.tiles.first).to_contain_text(f"scale_a {scale}")


@pytest.mark.clock
def test_two_takes_when_played_then_stay_in_step_and_one_bar_seeks_both(person):
    person.has(2)
    count = person.videos.count()
    settings = [tile.locator(".setting").all_inner_texts() for tile in person.tiles.all()]
    assert len({text for texts in settings for text in texts if text.startswith("scale_a ")}) == count
    person.sees_ready(count)
    play(person.player)

    def measure() -> list[list[float]]:
        person.page.keyboard.press("Home")
        expect(person.player).to_have_attribute("data-playing", "true")
        rows = person.player.evaluate(SAMPLE, 1500)
        assert {row[2] for row in rows} == {count}, "all run together"
        assert rows[-1][3] > 0.8, "and advance"
        return rows

    assert in_step("takes of the studio", measure)
    person.player.get_by_label("Position").fill("1")
    person.player.get_by_role("button", name="Pause", exact=True).click()
    person.player.get_by_label("Position").fill("1")
    settled(person.player)
    assert person.player.evaluate(CLOCKS) == pytest.approx([1.0] * count, abs=0.01)


def test_video_when_downloaded_then_is_as_asked_with_sound_and_says_sandbox(person, tmp_path):
    person.has(1)
    with person.page.expect_download() as download:
        person.tiles.first.get_by_role("link", name="Download").click()
    assert re.fullmatch(r"humo-[0-9a-f]{8}\.mp4", download.value.suggested_filename)
    target = tmp_path / "take.mp4"
    download.value.save_as(target)
    frames, sounds = probe(target)
    assert (len(frames), frames[0].shape[1::-1]) == (FRAMES, SIZE)
    assert sounds > 0
    assert all(is_labelled(frame) for frame in (frames[0], frames[-1]))


def probe(video: Path) -> tuple[list[np.ndarray], int]:
    """All pictures, and how many pieces of sound."""
    with av.open(str(video)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    with av.open(str(video)) as container:
        return frames, sum(1 for _ in container.decode(audio=0))


def is_labelled(frame: np.ndarray) -> bool:
    """Letters of amber stand upper left, and nowhere along the upper right."""
    height, width = frame.shape[:2]
    amber = np.abs(frame.astype(int) - AMBER).sum(2) < 90
    corner = slice(0, height // 8)
    return amber[corner, : width // 5].sum() > 100 and amber[corner, -width // 5 :].sum() == 0


def test_press_when_once_then_two_tabs_see_the_same(person, browser: Browser, server):
    person.has(1)
    context = browser.new_context()
    with watched(context) as second:
        other = Person(second, server)
        other.opens()
        person.slides("scale_a", "End")
        before = person.newest()
        person.generate.click()
        expect(person.tiles.first).not_to_have_attribute("data-tile", before)
        other.page.reload()
        expect(other.tiles.first).to_have_attribute("data-tile", person.newest())
        expect(other.tiles.first.locator("video")).to_be_visible(timeout=PATIENCE)
        expect(person.tiles.first.locator("video")).to_be_visible(timeout=PATIENCE)
        assert other.stayed_here()
    context.close()


@pytest.mark.parametrize(
    ("called", "data", "told"),
    [("long.wav", make_tone(31.0), "31"), ("speech.mp3", b"Not a sound. " * 99, "speech.mp3")],
    ids=["31 s", "text"],
)
def test_voice_when_it_cannot_be_used_then_a_sentence_stands_there(person, called, data, told):
    person.opens()
    person.uploads("audio", called, data, "audio/mpeg")
    alert = person.page.get_by_role("alert").filter(has_text="To correct:")
    expect(alert).to_contain_text(told)
    expect(person.uploader("audio")).to_be_visible()


def test_page_when_narrow_then_scrolls_down_only_and_generate_is_in_reach(person):
    person.page.set_viewport_size({"width": 390, "height": 844})
    person.has(1)
    for path in ("", "settings", "humo"):
        person.opens(path)
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        person.calm()
        poll(person.page.locator("html"), "(root) => root.scrollWidth <= 390")
    expect(person.generate).to_be_in_viewport(ratio=1)
    expect(person.player).to_be_attached()


# Buttons, fields, links and pictures without a name are silent to who cannot see them.
NAMELESS = """() => {
  const below = (n) => (n.shadowRoot ? [n, ...within(n.shadowRoot)] : [n]);
  const within = (node) => [...node.querySelectorAll('*')].flatMap(below);
  const named = (n) => n.getAttribute('aria-label') || n.getAttribute('title') || n.getAttribute('alt') !== null
    || n.textContent.trim() || n.labels?.length || n.getAttribute('aria-labelledby');
  return within(document.body)
    .filter((n) => n.matches('button, input:not([type=file]), textarea, select, a[href], img, [role=button]'))
    .filter((n) => n.checkVisibility() && !named(n))
    .map((n) => n.outerHTML.slice(0, 200));
}"""


@pytest.mark.parametrize("path", ["", "settings", "humo"])
def test_every_control_when_seen_then_has_a_name(person, path):
    person.has(1)
    person.opens(path)
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    person.calm()
    assert person.page.evaluate(NAMELESS) == []


def test_generate_when_pressed_twice_at_once_then_one_generation(person):
    person.has(1)
    person.slides("scale_a", "End", *["ArrowLeft"] * 9)
    before = person.newest()
    for _ in range(2):
        person.direction.press("Control+Enter")
    expect(person.tiles.first).not_to_have_attribute("data-tile", before)
    person.calm()
    expect(person.player.get_by_role("timer")).to_have_count(0, timeout=PATIENCE)
    shown = [tile.get_attribute("data-tile") for tile in person.tiles.all()]
    assert shown.index(before) == 1


def test_words_from_outside_when_shown_then_stay_words(person, server):
    person.opens("")
    words = "<img src=x onerror='window.hit = 1'> **bold** [press](https://elsewhere.example)"
    with library(server) as database:
        add_generation(database, "failed", ErrorInfo(code="x", message=words, hint=words), prompt=words)
    person.opens()
    tile = person.tiles.first
    expect(tile.locator(".message")).to_have_text(words)
    expect(tile.locator(".hint")).to_have_text(words)
    expect(tile.locator("img, a, strong")).to_have_count(0)
    assert person.page.evaluate("window.hit") is None


def test_ctrl_c_when_something_is_under_way_then_stops_without_a_traceback(person, server):
    person.has(1)
    sandbox_of(server).rehearse(slow_seconds=SLOW)
    person.generate.click()
    expect(person.tiles.get_by_role("timer")).to_be_visible()
    expect(person.tiles.first).to_contain_text("rendering")
    begun = person.newest()
    server.interrupt()
    try:
        assert "Traceback" not in server.words()
    finally:
        server.start()
    sandbox_of(server).hurry()
    person.opens()
    expect(person.tiles.first).to_have_attribute("data-tile", begun)
    expect(person.tiles.first.locator("video")).to_be_visible(timeout=PATIENCE)
