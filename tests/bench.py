"""The performance table of `make bench`: ratios of two things measured in turn, in one run.

The machine may be busy: a ratio of neighbours holds where a figure alone does not. Medians of several pairs.
"""

from __future__ import annotations

import base64
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright
from streamlit.testing.v1 import AppTest

from components.library.database import migrate, open_database, sqlite_url
from components.library.generations import Generations
from components.settings import ROOT, Settings
from components.studio import LOCAL, open_studio
from tests.bench_export import export_ratio
from tests.bench_gallery import gallery_rows
from tests.bench_lockstep import lockstep_minute, summary
from tests.bench_push import push_cost
from tests.browser import find_chromium, launch
from tests.e2e.watching import play, sample
from tests.sandbox_server import start_sandbox
from tests.studio_server import start_studio

HUMO, SANDBOX_KEY = "segmind/humo", "SG_bench"
CLIP = {"prompt": "A calm benchmark", "frames": 49, "width": 832, "height": 480}
VOICE = ROOT / "assets" / "sample-voice.mp3"
FACTS = {"width": 832, "height": 480, "seconds": 1.96, "fps": 25.0, "frames": 49, "has_audio": True}


def main(wanted: list[str]) -> None:
    """Prints one line a measurement: all of them, or those of the parts that are named."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"There is no part called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    print(f"{'measurement':<64}     min   median      max")
    for part in wanted or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](Path(folder))


def studio_part(folder: Path) -> None:
    print_row("press to saved video / the sandbox's own blocking answer", journey(folder))
    print_row("model page's rerun, 1,000 generations kept / 10 kept", rerun(folder))


def lockstep_part(folder: Path) -> None:
    print_row("two videos in step: distance of their clocks, ms", lockstep(folder))
    print("four videos, one on a slow line, 60 s with three seeks and a loop: distance of their clocks")
    print("  " + ", ".join(f"{name} {value:.1f}" for name, value in summary(lockstep_minute(folder)).items()))


def gallery_part(folder: Path) -> None:
    for label, found in gallery_rows(folder):
        print_row(label, found)


def export_part(folder: Path) -> None:
    found = export_ratio(folder)
    if isinstance(found, str):
        print(found)
    else:
        print_row("export of a 2 x 2 grid / the ffmpeg program", found)


def push_part(folder: Path) -> None:
    print(*push_cost(folder), sep="\n")


PARTS: dict[str, Callable[[Path], None]] = {
    "studio": studio_part,
    "lockstep": lockstep_part,
    "gallery": gallery_part,
    "export": export_part,
    "push": push_part,
}


def print_row(label: str, found: list[float]) -> None:
    found = sorted(found)
    print(f"{label:<64} {found[0]:>7.2f} {statistics.median(found):>8.2f} {found[-1]:>8.2f}", flush=True)


def ratios(ours: Callable[[], object], theirs: Callable[[], object], pairs: int) -> list[float]:
    """Ours through theirs, pair by pair, after one warm-up of each."""
    ours(), theirs()
    return [seconds(ours) / seconds(theirs) for _ in range(pairs)]


def seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def journey(folder: Path) -> list[float]:
    """All that the studio adds: upload, claim, polling, download, probe, poster, rows synced to the disk."""
    uri = "data:audio/mpeg;base64," + base64.b64encode(VOICE.read_bytes()).decode("ascii")
    with start_sandbox(folder / "provider") as sandbox:
        settings = Settings(
            data_dir=folder / "journey",
            gateway=sandbox.url,
            sandbox="never",
            segmind_api_key=SANDBOX_KEY,
            poll_seconds=0.2,
        )
        with open_studio(settings) as studio:
            voice = studio.add_asset(VOICE)
            return ratios(
                lambda: studio.wait(studio.submit(HUMO, CLIP | {"audio": voice.id}).id, timeout=120),
                lambda: sandbox.submit(CLIP | {"audio": uri}, api="v1").raise_for_status(),
                5,
            )


def rerun(folder: Path) -> list[float]:
    """The page shows the newest four, so what else is kept must not matter."""
    times = {count: page_times(folder / f"kept-{count}", count) for count in (10, 1000)}
    return [many / few for many, few in zip(times[1000], times[10], strict=True)]


def page_times(folder: Path, count: int) -> list[float]:
    settings = Settings(data_dir=folder)
    with open_studio(settings) as studio:
        fill(studio.settings.data_dir, count)
        page = AppTest.from_file(str(ROOT / "pages" / "humo.py"), default_timeout=30).run()
        assert not page.exception
        return [seconds(page.run) for _ in range(15)]


def fill(folder: Path, count: int) -> None:
    """Finished generations as the engine leaves them; their files are not read by a page."""
    engine = open_database(sqlite_url(folder / "studio.db"))
    migrate(engine)
    rows = Generations(engine, LOCAL)
    for number in range(count):
        made = uuid.uuid4().hex
        with engine.begin() as connection:
            rows.insert(connection, id=made, model=HUMO, parameters=CLIP | {"scale_a": number % 10}, sandbox=True)
        rows.move(made, "queued", "done", submitted_at=time.time())
        rows.add_output(
            id=f"{made}-0",
            owner=LOCAL,
            generation_id=made,
            position=0,
            media_type="video/mp4",
            key=f"outputs/{made}-0.mp4",
            poster_key=None,
            size=1,
            sha256="0" * 64,
            facts=FACTS,
        )
    engine.dispose()


def lockstep(folder: Path) -> list[float]:
    """Two real takes in a real browser: clocks read within one animation frame, after 300 ms of settling."""
    data = folder / "lockstep"
    with open_studio(Settings(data_dir=data, poll_seconds=0.2)) as studio:
        voice = studio.add_asset(VOICE)
        for strength in (3.0, 7.0):
            job = studio.submit(HUMO, CLIP | {"audio": voice.id, "scale_a": strength, "frames": 97})
            studio.wait(job.id, timeout=120)
    with start_studio(Settings(data_dir=data)) as server, sync_playwright() as playwright:
        browser = launch(playwright, find_chromium() or "chromium")
        page = browser.new_page()
        page.goto(f"{server.url}/humo")
        root = page.locator(".player")
        root.locator("video").nth(1).wait_for()
        play(root)
        rows = sample(root, 3000)
        browser.close()
    return [1000 * row[1] for row in rows if row[0] > 300]


if __name__ == "__main__":
    main(sys.argv[1:])
