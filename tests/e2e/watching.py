"""Looks at the player from outside: its clocks, its painted frames, how far apart they are."""

from __future__ import annotations

import subprocess
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

FRAME = 0.040
# All clocks are read inside one animation frame; a media clock stands still while a script runs.
SAMPLE = """(root, ms) => new Promise((done) => {
  const rows = [], begin = performance.now();
  const look = () => {
    const at = performance.now() - begin;
    const going = [...root.querySelectorAll('video')].filter((v) => !v.ended && v.currentTime < v.duration - 0.1);
    const times = going.map((v) => v.currentTime);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    if (times.length > 1) rows.push([at, last - first, times.length, last]);
    at < ms ? requestAnimationFrame(look) : done(rows);
  };
  look();
})"""
# The same for as long as a test does something else: rows of milliseconds, distance of the common times, clocks
# that run, and the furthest of them. Only while the player says that it plays.
WATCH = """(root) => {
  const rows = (window.watched = []), begin = performance.now();
  let before = begin;
  window.played = 0;
  const look = (now) => {
    const going = [...root.querySelectorAll('video')].filter((v) => !v.ended && v.currentTime < v.duration - 0.1);
    const times = going.map((v) => v.currentTime);
    const playing = root.dataset.playing === 'true' && times.length;
    if (playing) window.played += (now - before) / 1000;
    const [first, last] = [Math.min(...times), Math.max(...times)];
    if (playing) rows.push([now - begin, last - first, times.length, last]);
    before = now;
    if (window.watched === rows) requestAnimationFrame(look);
  };
  look(begin);
}"""
PLAYED = "(root, seconds) => window.played >= seconds"
COLLECT = "() => { const rows = window.watched; window.watched = null; return rows; }"
# The number of the frame that is really painted, read from its row of black and white cells.
PAINTED = """(root) => [...root.querySelectorAll('video')].map((video) => {
  const canvas = new OffscreenCanvas(video.videoWidth, 16), pen = canvas.getContext('2d');
  pen.drawImage(video, 0, 0);
  const cell = video.videoWidth / 8;
  let number = 0;
  for (let bit = 0; bit < 8; bit++) {
    if (pen.getImageData((bit + 0.5) * cell, 7, 1, 1).data[0] > 127) number |= 1 << bit;
  }
  return number;
})"""
DRAWN = """(frames) => new Promise((done) => {
  const drawn = () => (frames-- > 0 ? requestAnimationFrame(drawn) : done());
  drawn();
})"""
CLOCKS = "(root) => [...root.querySelectorAll('video')].map((v) => v.currentTime)"
STATES = "(root) => [...root.querySelectorAll('video')].map((v) => v.paused)"


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the test page did not start")


def poll(root: Locator, script: str, argument: Any = None, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not root.evaluate(script, argument):
        assert time.monotonic() < deadline, f"never true: {script}"
        root.page.wait_for_timeout(50)


def let_draw(page: Page, frames: int = 20) -> None:
    """Lets the page draw so many frames: what has not happened by then, on however slow a machine, does not."""
    page.evaluate(DRAWN, frames)


def played_to(root: Locator, seconds: float) -> None:
    """Returns once every video has played so far."""
    poll(root, f"(root, seconds) => ({CLOCKS})(root).every((now) => now >= seconds)", seconds)


def settled(root: Locator) -> None:
    poll(root, "(root) => [...root.querySelectorAll('video')].every((v) => !v.seeking && v.paused)")


def play(root: Locator) -> None:
    root.get_by_role("button", name="Play", exact=True).click()
    expect(root).to_have_attribute("data-playing", "true")


def frames(root: Locator) -> list[int]:
    """Painted frames, once all videos show the same one as their clocks say."""
    settled(root)
    let_draw(root.page, 5)
    return root.evaluate(PAINTED)


def sample(root: Locator, ms: int) -> list[list[float]]:
    """Rows of milliseconds, distance of the clocks in seconds, clocks that run, and the furthest of them."""
    return root.evaluate(SAMPLE, ms)


def report(label: str, rows: list[list[float]]) -> float:
    """The worst distance of the clocks in seconds, after the 300 ms in which they settle."""
    apart = sorted(1000 * row[1] for row in rows if row[0] > 300)
    median, high, worst = apart[len(apart) // 2], apart[int(len(apart) * 0.95)], apart[-1]
    print(f"\n{label}: {len(apart)} samples, median {median:.1f}, p95 {high:.1f}, max {worst:.1f} ms")
    return worst / 1000


def in_step(label: str, measure: Callable[[], list[list[float]]]) -> bool:
    """True if no sample is a frame apart. A machine that is busy elsewhere makes the sound card's clock jump,
    and that is no fault of the player: it may try three times. A player that drifts never passes."""
    return any(report(label, measure()) < FRAME for _ in range(3))


def holds_step(label: str, measure: Callable[[], list[list[float]]]) -> bool:
    """True if 99 of 100 samples are within a frame, starts, seeks and wraps and all; again in three tries."""
    return any(share(label, measure()) >= 0.99 for _ in range(3))


def share(label: str, rows: list[list[float]]) -> float:
    apart = [row[1] for row in rows if row[2] > 1]
    within = sum(one < FRAME for one in apart) / len(apart)
    print(f"\n{label}: {100 * within:.1f} % of {len(apart)} samples within a frame")
    return within
