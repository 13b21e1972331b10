"""Files that must be made or fetched before they can be served: they hold up no others, and trouble is told."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator

import pytest

from components.library.generations import Generations
from components.settings import Settings
from components.studio import LOCAL, Studio, open_studio
from tests.library.videos import FACTS, add_video
from tests.sandbox_server import until

KEY = "outputs/a-0.mp4"


@pytest.fixture
def studio(settings: Settings, s3_url: str) -> Iterator[Studio]:
    """Keeps its files in a bucket."""
    with open_studio(settings.model_copy(update={"media_url": s3_url})) as running:
        yield running


@pytest.fixture
def videos(studio: Studio) -> list[str]:
    """Two dozen rows of videos; a preview can be asked for of each."""
    rows = Generations(studio._engine.database, LOCAL)
    with studio._engine.database.begin() as connection:
        rows.insert(connection, id="a", model="segmind/humo", parameters={}, sandbox=True, state="done")
    for position in range(24):
        add_video(rows, LOCAL, "a", position, FACTS)
    return [output.id for output in rows.get("a").outputs]


def test_file_when_it_lies_in_the_bucket_only_then_it_is_fetched_and_served(ask, studio):
    studio._engine.context.storage.put(KEY, b"a film")
    studio._engine.context.storage.path(KEY).unlink()
    assert ask(studio.files.url(KEY)).content == b"a film"
    assert studio._engine.context.storage.local(KEY)


def test_file_when_the_bucket_does_not_give_it_then_503_and_a_sentence(ask, studio, locks_bucket):
    link = studio.files.url("outputs/elsewhere.mp4")
    locks_bucket()
    got = ask(link)
    assert (got.status, got.headers["content-type"].split(";")[0]) == (503, "text/plain")
    assert b"bucket" in got.content


def test_file_when_a_crowd_waits_for_previews_then_one_that_is_here_comes_at_once(ask, port, studio, videos):
    studio._engine.context.storage.put("posters/a-0.jpg", b"a poster")
    slots = studio.files._derived._slots
    links = [studio.outputs.card_links(output).preview for output in studio.generations.get("a").outputs]
    waiting = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in links]
    with slots, slots:
        for connection, link in zip(waiting, links, strict=True):
            connection.request("GET", link)
        until(lambda: sum(thread.name.startswith("making") for thread in threading.enumerate()) == 8)
        assert ask(studio.files.url("posters/a-0.jpg")).content == b"a poster"
    # There is nothing that they could be made of.
    assert {connection.getresponse().status for connection in waiting} == {404}
    for connection in waiting:
        connection.close()
