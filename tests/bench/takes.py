"""What the studio adds to a take, and what takes already kept add to a page."""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.library.database import migrate, open_database, sqlite_url
from components.library.generations import Generations
from components.settings import ROOT, Settings
from components.studio import LOCAL, open_studio
from tests.bench.rows import ratios, row, seconds
from tests.sandbox_server import start_sandbox

HUMO, SANDBOX_KEY = "segmind/humo", "SG_bench"
CLIP = {"prompt": "A calm benchmark", "frames": 49, "width": 832, "height": 480}
VOICE = ROOT / "assets" / "sample-voice.mp3"
FACTS = {"width": 832, "height": 480, "seconds": 1.96, "fps": 25.0, "frames": 49, "has_audio": True}
KEPT = (10, 1000)


def rows(folder: Path) -> Iterator[str]:
    yield row("press to saved video / the sandbox's own blocking answer", journey(folder))
    yield row("model page's rerun, 1,000 generations kept / 10 kept", rerun(folder))


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
    times = {count: page_times(folder / f"kept-{count}", count) for count in KEPT}
    return [many / few for many, few in zip(times[KEPT[1]], times[KEPT[0]], strict=True)]


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
