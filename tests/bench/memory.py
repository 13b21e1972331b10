"""What the gallery's page holds in a browser, and what peers' pages hold that show the same videos.

`BENCH_GRADIO` may name a Python that has Gradio; without one that peer is left out, and it is said.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Browser, Page, sync_playwright

from components.settings import ROOT, Settings
from tests.bench.rows import row
from tests.browser import find_chromium, launch
from tests.studio_server import free_port, start_studio

MODULES = {"st.video": "streamlit", "gradio": "gradio"}
SHOWS = {"ours": ".card", "st.video": "[data-testid=stVideo]", "gradio": ".thumbnail-item"}
PEERS = (("st.video", 100), ("st.video", 1_000), ("gradio", 100), ("gradio", 1_000))
WORDS = ("JavaScript heap", "memory of the page's process")
OURS_SHOWN = 24
LIMIT = 75
"""Seconds after which a page counts as one that does not come to its end."""


def rows(folder: Path, counts: Sequence[int]) -> Iterator[str]:
    """Once all cards are there and were scrolled through, in a fresh browser each, by what ours holds with 100."""
    first: list[float] = []
    for count in counts:
        with start_studio(Settings(data_dir=folder / str(count))) as running:
            found = look("ours", f"{running.url}/gallery", OURS_SHOWN)
        first = first or found
        yield from said(f"ours {count:,}", found, first)
    for name, count in PEERS:
        with peer(name, folder / "1000", count) as url:
            if url is None:
                yield f"{name} is not installed here; BENCH_GRADIO may name a Python that has it."
            else:
                yield from said(f"{name} {count:,}", look(name, url, count), first)


def said(name: str, found: Sequence[float], first: Sequence[float]) -> Iterator[str]:
    if not found:
        yield f"{name} did not come to its end in {LIMIT} s."
    for what, value, other in zip(WORDS, found, first, strict=False):
        yield row(f"{name}: {what} / ours with 100", [value / other])


def look(name: str, url: str, count: int) -> list[float]:
    """In a browser of its own, ended with its whole group; nothing of a page that does not come to its end."""
    command = [sys.executable, "-m", "tests.bench.memory", name, url, str(count)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, **pipes) as process:
        try:
            printed, _ = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            printed = ""
    return json.loads(printed) if printed else []


def measure(name: str, url: str, count: int) -> list[float]:
    with sync_playwright() as playwright:
        running = launch(playwright, find_chromium() or "chromium")
        page = running.new_page(viewport={"width": 1400, "height": 930})
        page.goto(url)
        ready = f"({{selector, count}}) => ({DEEP})(document, selector).length >= count"
        page.wait_for_function(ready, arg={"selector": SHOWS[name], "count": count}, timeout=LIMIT * 1000)
        scroll(page)
        return [heap(page), resident(running)]


DEEP = """function deep(root, selector) {
  const own = [...root.querySelectorAll(selector)];
  const shadows = [...root.querySelectorAll('*')].map((node) => node.shadowRoot).filter(Boolean);
  return own.concat(...shadows.map((shadow) => deep(shadow, selector)));
}"""


def scroll(page: Page) -> None:
    """Down to the end, so that what loads when it is seen has loaded."""
    page.mouse.move(700, 500)
    for _ in range(12):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(150)
    page.wait_for_timeout(1000)


def heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(metric["value"]) for metric in metrics if metric["name"] == "JSHeapUsedSize")


def resident(running: Browser) -> float:
    """Bytes of the largest renderer, as the system counts them."""
    known: dict[str, Any] = running.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    pids = [process["id"] for process in known["processInfo"] if process["type"] == "renderer"]
    statuses = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    lines = [line for status in statuses for line in status.splitlines() if line.startswith("VmRSS:")]
    return max(int(line.split()[1]) * 1024.0 for line in lines)


@contextmanager
def peer(name: str, folder: Path, count: int) -> Iterator[str | None]:
    python = sys.executable if name == "st.video" else os.environ.get("BENCH_GRADIO", sys.executable)
    if subprocess.run([python, "-c", f"import {MODULES[name]}"], capture_output=True, check=False).returncode:
        yield None
        return
    port = free_port()
    here = Path(__file__).parent / "peers"
    if name == "st.video":
        flags = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
        command = [python, "-m", "streamlit", "run", str(here / "streamlit_page.py"), *flags, "--"]
    else:
        command = [python, str(here / "gradio_page.py")]
    command += [str(folder), str(count)] + ([str(port)] if name == "gradio" else [])
    quiet = os.environ | {"GRADIO_ANALYTICS_ENABLED": "False"}
    with subprocess.Popen(
        command, cwd=folder, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        try:
            answer(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            run.terminate()


def answer(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if requests.get(url, timeout=30).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.3)
    raise AssertionError("the peer did not start")


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
