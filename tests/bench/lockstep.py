"""How far apart the clocks of videos in step are, in a real browser: two takes, and a minute of four clips.

The minute has clips with sound, one of them on a slow line, three seeks and a looped part. All clocks are read in
one animation frame, for every frame in which the player says that it plays. What it announces as waiting is not
play, and is not part of the minute. Nothing is left out: the way into step counts too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from components.settings import Settings
from components.studio import open_studio
from tests.bench.rows import row
from tests.bench.takes import CLIP, HUMO, VOICE
from tests.browser import find_chromium, launch
from tests.e2e.player_server import make_clips, start_player
from tests.e2e.watching import COLLECT, PLAYED, WATCH, play, poll, sample
from tests.studio_server import start_studio

FRAME_MS = 40.0
# Lengths, colours and hums; `c` comes over a line that needs 20 s for its 22.
CLIPS = {"a": (24.0, 150, 220), "b": (23.4, 14, 330), "c": (22.0, 110, 440), "d": (24.0, 190, 550)}
SLOW = "c:slow20-"
SEEKS = (13.0, 3.0, 15.0)  # far enough from the end for ten seconds each
PART = (8.0, 11.0)
PARTS = {"median": 0.5, "p95": 0.95, "p99": 0.99}
SETTLED_MS = 300


def rows(folder: Path) -> Iterator[str]:
    yield row("two takes in step: distance of their clocks, ms", two_takes(folder / "takes"))
    words = ", ".join(f"{name} {value:.1f}" for name, value in summary(minute(folder)).items())
    yield "four clips in step, one on a slow line, 60 s with three seeks and a loop: distance of their clocks, ms"
    yield f"  {words}"


def two_takes(data: Path) -> list[float]:
    """Made by the sandbox, shown by the studio; clocks read within one animation frame once they had settled."""
    with open_studio(Settings(data_dir=data, poll_seconds=0.2)) as studio:
        voice = studio.add_asset(VOICE)
        for strength in (3.0, 7.0):
            job = studio.submit(HUMO, CLIP | {"audio": voice.id, "scale_a": strength, "frames": 97})
            studio.wait(job.id, timeout=120)
    with start_studio(Settings(data_dir=data)) as server, opened(f"{server.url}/humo", 2) as root:
        play(root)
        return [1000 * apart for played, apart, *_ in sample(root, 3000) if played > SETTLED_MS]


def minute(folder: Path) -> list[float]:
    """Distances of the furthest apart of the four clocks, in milliseconds, one a painted frame of play."""
    folder.mkdir(parents=True, exist_ok=True)
    make_clips(folder, CLIPS)
    with start_player(folder) as address, opened(f"{address}/?v=abcd&line={SLOW}", len(CLIPS)) as root:
        play(root)
        root.evaluate(WATCH)
        for number, goal in enumerate(SEEKS):
            poll(root, PLAYED, 10 + 10 * number, 90)
            root.get_by_label("Position").fill(str(goal))
        poll(root, PLAYED, 36, 90)
        mark(root, *PART)
        poll(root, PLAYED, 60, 90)
        rows = root.evaluate(COLLECT)
    return [1000 * apart for _, apart, count, *_ in rows if count > 1]


@contextmanager
def opened(url: str, videos: int) -> Iterator[Locator]:
    with sync_playwright() as playwright:
        browser = launch(playwright, find_chromium() or "chromium")
        page: Page = browser.new_page(viewport={"width": 1400, "height": 930})
        page.goto(url)
        root = page.locator(".player")
        root.locator("video").nth(videos - 1).wait_for()
        yield root
        browser.close()


def mark(root: Locator, start: float, end: float) -> None:
    """Marks a part while it plays, as a person would: there, and there."""
    for name, time in (("Loop from here", start), ("Loop to here", end)):
        root.get_by_label("Position").fill(str(time))
        root.get_by_role("button", name=name).click()


def summary(apart: list[float]) -> dict[str, float]:
    ordered = sorted(apart)
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * part))] for name, part in PARTS.items()}
    within = 100 * sum(one <= FRAME_MS for one in ordered) / len(ordered)
    return at | {"max": ordered[-1], f"% within {FRAME_MS:.0f} ms": within}
