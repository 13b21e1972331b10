"""Lockstep over a minute: four clips with sound, one of them on a slow line, three seeks and a looped part.

All clocks are read in one animation frame, for every frame in which the player says that it plays. What it
announces as waiting is not play, and is not part of the minute. Nothing is left out: the way into step counts too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser import find_chromium, launch
from tests.e2e.player_server import make_clips, start_player
from tests.e2e.watching import COLLECT, PLAYED, WATCH, play, poll

FRAME_MS = 40.0
# Lengths, colours and hums; `c` comes over a line that needs 20 s for its 22.
CLIPS = {"a": (24.0, 150, 220), "b": (23.4, 14, 330), "c": (22.0, 110, 440), "d": (24.0, 190, 550)}
SLOW = "c:slow20-"
SEEKS = (13.0, 3.0, 15.0)  # far enough from the end for ten seconds each
PART = (8.0, 11.0)


def lockstep_minute(folder: Path) -> list[float]:
    """Distances of the furthest apart of the four clocks, in milliseconds, one a painted frame of play."""
    make_clips(folder, CLIPS)
    with start_player(folder) as address, opened(f"{address}/?v=abcd&line={SLOW}") as root:
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
def opened(url: str) -> Iterator[Locator]:
    with sync_playwright() as playwright:
        browser = launch(playwright, find_chromium() or "chromium")
        page: Page = browser.new_page(viewport={"width": 1400, "height": 930})
        page.goto(url)
        root = page.locator(".player")
        root.locator("video").nth(len(CLIPS) - 1).wait_for()
        yield root
        browser.close()


def mark(root: Locator, start: float, end: float) -> None:
    """Marks a part while it plays, as a person would: there, and there."""
    for name, time in (("Loop from here", start), ("Loop to here", end)):
        root.get_by_label("Position").fill(str(time))
        root.get_by_role("button", name=name).click()


def summary(apart: list[float]) -> dict[str, float]:
    """The figures that `make bench` shows."""
    ordered = sorted(apart)
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * part))] for name, part in PARTS.items()}
    return at | {"max": ordered[-1], "within": 100 * sum(one <= FRAME_MS for one in ordered) / len(ordered)}


PARTS = {"median": 0.5, "p95": 0.95, "p99": 0.99}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        apart = lockstep_minute(Path(folder))
    words = "  ".join(f"{name} {figure:.1f}" for name, figure in summary(apart).items())
    print(f"lockstep of a minute, ms: {words} % of {len(apart)} samples")


if __name__ == "__main__":
    main()
