"""The gallery's rows of `make bench`: what 10,000 outputs cost against 100, on the server and in the browser.

`BENCH_GRADIO` may name a Python that has Gradio; without one that peer is left out, and it is said.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Browser, Page, sync_playwright

from components.settings import ROOT, Settings
from tests.browser import find_chromium, launch
from tests.gallery_rows import Shelf
from tests.studio_server import free_port, start_studio

Row = tuple[str, list[float]]
COUNTS = (100, 1_000, 10_000)
PAIRS = 15
FILMED = 8
QUERIES: dict[str, dict[str, object]] = {
    "opened": {},
    "filtered by model and text": {"model": ["segmind/humo"], "text": "navy jacket"},
    "best rated first": {"sort": "rating"},
}
MODULES = {"st.video": "streamlit", "gradio": "gradio"}
SHOWS = {"ours": ".card", "st.video": "[data-testid=stVideo]", "gradio": ".thumbnail-item"}
PEERS = (("st.video", 100), ("st.video", 1_000), ("gradio", 100), ("gradio", 1_000))
LIMIT = 75
"""Seconds after which a page counts as one that does not come to its end."""


def gallery_rows(folder: Path) -> list[Row]:
    """Labels and what was measured; the rows of `server` and `browser` are ratios."""
    for count in COUNTS:
        shelf = Shelf(folder / str(count))
        shelf.folder.mkdir(parents=True)
        shelf.film_all(shelf.fill(count), FILMED)
    return [*server(folder), *browser(folder)]


# --- the server: one process each, asked in turn


def server(folder: Path) -> list[Row]:
    """Time of a whole run of the page, in a new session, as a ratio to 100 outputs; neighbours in time."""
    rows = []
    with ExitStack() as stack:
        workers = {count: stack.enter_context(worker(folder / str(count))) for count in COUNTS}
        for words, query in QUERIES.items():
            for each in workers.values():
                ask(each, query)
            taken = [{count: ask(each, query) for count, each in workers.items()} for _ in range(PAIRS)]
            for count in COUNTS[1:]:
                label = f"gallery {words}: server time with {count:,} / with 100"
                rows.append((label, [one[count] / one[100] for one in taken]))
    return rows


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.bench_gallery", str(folder)]
    quiet: dict[str, Any] = {"text": True, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **quiet) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def ask(process: subprocess.Popen[str], query: dict[str, object]) -> float:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(query) + "\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def work(folder: Path) -> None:
    """Opens the page as often as a line comes in, and answers with the seconds."""
    from streamlit.testing.v1 import AppTest

    from components.studio import open_studio

    with open_studio(Settings(data_dir=folder)):
        for line in sys.stdin:
            page = AppTest.from_file(str(ROOT / "pages" / "gallery.py"), default_timeout=60)
            for name, value in json.loads(line).items():
                page.query_params[name] = value
            begin = time.perf_counter()
            page.run()
            taken = time.perf_counter() - begin
            assert not page.exception, page.exception
            assert page.get("bidi_component")
            print(taken, flush=True)


# --- the browser: a fresh one for each page


def browser(folder: Path) -> list[Row]:
    """What the page's process holds once all its cards are there and were scrolled through."""
    found: dict[str, list[float]] = {}
    for count in COUNTS:
        with start_studio(Settings(data_dir=folder / str(count))) as running:
            found[f"ours {count:,}"] = look("ours", f"{running.url}/gallery", 24)
    for name, count in PEERS:
        with peer(name, folder / "1000", count) as url:
            if url is None:
                print(f"{name} is not installed here; BENCH_GRADIO may name a Python that has it.", flush=True)
                continue
            found[f"{name} {count:,}"] = look(name, url, count)
    words = ("JavaScript heap", "memory of the page's process")
    return [
        (f"{one}: {what} / ours with 100", [value / first])
        for one, values in found.items()
        for what, value, first in zip(words, values, found["ours 100"], strict=True)
    ]


def look(name: str, url: str, count: int) -> list[float]:
    """In a browser of its own, ended with its whole group; a page that does not come to its end is endless."""
    command = [sys.executable, "-m", "tests.bench_gallery", "look", name, url, str(count)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, **pipes) as process:
        try:
            said, _ = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said = ""
    if not said:
        print(f"{name} with {count:,} did not come to its end in {LIMIT} s.", flush=True)
    return json.loads(said) if said else [float("inf")] * 2


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
    here = Path(__file__).parent
    if name == "st.video":
        flags = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false"]
        command = [python, "-m", "streamlit", "run", str(here / "bench_gallery_streamlit.py"), *flags, "--"]
    else:
        command = [python, str(here / "bench_gallery_gradio.py")]
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
    if sys.argv[1] == "look":
        print(json.dumps(measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
    else:
        work(Path(sys.argv[1]))
