"""Words that were only just typed, and a chosen face, are there again after a reload."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from components.library.database import open_database, sqlite_url
from components.settings import Settings
from components.studio import LOCAL
from components.studio.drafts import Drafts
from tests.e2e.person import Person
from tests.media.making import make_picture
from tests.sandbox_server import until
from tests.studio_server import StudioServer, start_studio
from tests.ui.screen import SPEC

pytestmark = pytest.mark.browser
WORDS = "She looks up and waves"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudioServer]:
    with start_studio(Settings(data_dir=tmp_path_factory.mktemp("draft") / "data")) as running:
        yield running


def kept(server: StudioServer) -> object:
    """The direction of the draft that the server has."""
    database = open_database(sqlite_url(server.data_dir / "studio.db"))
    try:
        return (Drafts(database, LOCAL).find(SPEC.id) or {}).get("prompt")
    finally:
        database.dispose()


def test_form_when_reloaded_in_the_middle_of_a_sentence_then_nothing_is_lost(page: Page, server: StudioServer):
    person = Person(page, server)
    person.opens()
    person.uploads("image", "me.jpg", make_picture(), "image/jpeg")
    expect(page.get_by_text("me.jpg")).to_be_visible()
    person.direction.press_sequentially(WORDS)
    until(lambda: kept(server) == WORDS)
    expect(person.direction).to_be_focused()
    page.reload()
    expect(person.direction).to_have_value(WORDS)
    expect(page.get_by_text("me.jpg")).to_be_visible()
