"""A video that the browser cannot play says so, plays a copy, and can be had as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from components.library.database import open_database, sqlite_url
from components.library.tables import output
from components.media.video import probe
from components.settings import Settings
from tests.e2e.person import PATIENCE, Person
from tests.media.films import make_film
from tests.sandbox_server import until
from tests.studio_server import StudioServer, start_studio
from tests.ui.rows import add_generation

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    with start_studio(Settings(data_dir=tmp_path_factory.mktemp("codecs") / "data")) as running:
        yield running


@pytest.fixture(params=[0.0, None], ids=["with sound", "mute"])
def rare(server: StudioServer, request: pytest.FixtureRequest) -> str:
    """A finished generation whose video is H.265 with 10 bits; with sound, a browser plays that alone."""
    database = open_database(sqlite_url(server.data_dir / "studio.db"))
    made = add_generation(database, "done")
    path = server.data_dir / "media" / made.outputs[0].key
    path.parent.mkdir(parents=True, exist_ok=True)
    make_film(path, 0.8, lead=request.param, coded=("libx265", "yuv420p10le"))
    with database.begin() as connection:
        connection.execute(sa.update(output).values(facts=vars(probe(path))))
    database.dispose()
    return made.id


def test_video_when_the_browser_does_not_know_its_codec_then_a_copy_plays(page: Page, server: StudioServer, rare):
    person = Person(page, server)
    person.opens()
    tile = page.locator(f"[data-tile='{rare}']")
    expect(tile.get_by_role("status")).to_contain_text(
        "Your browser cannot play H.265. This is a copy.", timeout=PATIENCE
    )
    expect(tile).not_to_contain_text("connection broke")
    until(lambda: tile.locator("video").evaluate("(video) => video.readyState >= 3 && video.videoWidth") == 192)
    with page.expect_download() as download:
        tile.get_by_role("link", name="Download the original").click()
    download.value.save_as(server.data_dir / "original.mp4")
    assert probe(server.data_dir / "original.mp4").codec == "hevc"
