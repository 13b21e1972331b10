"""Comparison files as the compare page orders them: made once, with progress, cancelled, failed; real films."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from components.errors import InvalidFile, NotFound, StorageTrouble
from components.library.database import open_database, sqlite_url
from components.library.generations import Generations
from components.library.storage import Storage
from components.media.video import probe
from components.studio import LOCAL
from components.studio.comparisons import Comparisons, Order, Piece
from tests.gallery_rows import Shelf
from tests.sandbox_server import until


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("comparisons")
    shelf = Shelf(folder)
    ids = shelf.fill(5)
    shelf.film(ids, seconds=1.0)
    return folder, ids


@pytest.fixture
def comparisons(shelf: tuple[Path, list[str]]) -> Iterator[Comparisons]:
    folder, _ = shelf
    database = open_database(sqlite_url(folder / "studio.db"))
    made = Comparisons(Generations(database, LOCAL), Storage(folder))
    yield made
    made.close()
    until(lambda: all(export.ended for export in made._exports.values()))
    database.dispose()


@pytest.fixture
def order(shelf: tuple[Path, list[str]]):
    def order(count: int = 2, label: str = "HuMo", **asked: object) -> Order:
        return Order(
            tuple(Piece(one, f"{label} {n}", "seed 1") for n, one in enumerate(shelf[1][:count])), **asked
        )

    return order


@pytest.mark.parametrize(
    ("count", "layout", "size"), [(2, "grid", (2, 1)), (2, "wipe", (1, 1)), (4, "grid", (2, 2))]
)
def test_export_when_it_has_run_then_a_film_of_that_shape(comparisons, shelf, order, count, layout, size):
    export = comparisons.start(order(count, layout=layout, sound=1))
    until(lambda: export.ended)
    assert (export.state, export.part) == ("done", 1.0)
    facts = probe(Storage(shelf[0]).path(export.key))
    assert facts.has_audio
    assert facts.seconds == pytest.approx(1.0, abs=0.1)
    wide, high = facts.width / size[0], facts.height / size[1]
    assert 1.3 < wide / high < 1.75  # a cell is the video's 416 x 240 and the strip with its words


def test_export_when_ordered_twice_then_made_once(comparisons, order):
    first = comparisons.start(order(3))
    assert comparisons.start(order(3)) is first
    until(lambda: first.ended)
    assert comparisons.start(order(3)) is first
    assert comparisons.start(order(3, label="other")) is not first


def test_export_when_its_file_is_there_from_before_then_done_at_once(comparisons, shelf, order):
    export = comparisons.start(order(2, label="kept"))
    until(lambda: export.ended)
    later = Comparisons(comparisons._generations, Storage(shelf[0]))
    assert later.start(order(2, label="kept")).state == "done"


def test_export_when_cancelled_then_no_file_is_left(comparisons, shelf, order):
    comparisons._turn.acquire()
    try:
        export = comparisons.start(order(2, label="cancelled"))
        comparisons.cancel(export.id)
    finally:
        comparisons._turn.release()
    until(lambda: export.ended)
    storage = Storage(shelf[0])
    assert (export.state, storage.has(export.key)) == ("cancelled", False)
    again = comparisons.start(order(2, label="cancelled"))
    until(lambda: again.ended)
    assert again.state == "done"


def test_export_when_ordered_again_right_after_a_cancel_then_made_anew(comparisons, order):
    with comparisons._turn:
        export = comparisons.start(order(2, label="twice"))
        comparisons.cancel(export.id)
        again = comparisons.start(order(2, label="twice"))
    until(lambda: export.ended and again.ended)
    assert (export.state, again.state) == ("cancelled", "done")


def test_export_when_the_server_is_closing_then_it_does_not_wait_for_ever(comparisons, order):
    comparisons.close()
    assert comparisons.start(order(2, label="late")).state == "cancelled"


def test_export_when_the_server_closes_meanwhile_then_it_has_ended_and_left_nothing(comparisons, shelf, order):
    exports = [comparisons.start(order(4, label=f"closing {number}")) for number in range(2)]
    until(lambda: exports[0].part > 0)
    comparisons.close()
    assert all(export.ended for export in exports)
    assert list((shelf[0] / "incoming").iterdir()) == []


@pytest.fixture
def blocked(shelf: tuple[Path, list[str]], tmp_path: Path) -> Storage:
    """The shelf's videos, on a disk that takes no export."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "outputs").symlink_to(shelf[0] / "media" / "outputs")
    (tmp_path / "media" / "exports").write_text("a file where the folder should be")
    return Storage(tmp_path)


def test_export_when_the_disk_refuses_it_then_a_sentence(comparisons, blocked, order):
    refused = Comparisons(comparisons._generations, blocked)
    export = refused.start(order(2))
    until(lambda: export.ended)
    assert export.state == "failed"
    assert "disk" in export.error
    with pytest.raises(StorageTrouble):
        refused.sheet(order(2).pieces)


def test_export_when_stopped_halfway_then_nothing_of_it_stays(comparisons, shelf, order, monkeypatch):
    def stopping(plan, target, step):
        target.write_bytes(b"half")
        step(0.5)
        return False

    monkeypatch.setattr("components.media.gate.compose", stopping)
    export = comparisons.start(order(2, label="half"))
    until(lambda: export.ended)
    assert (export.state, export.part) == ("cancelled", 0.5)
    assert list((shelf[0] / "incoming").iterdir()) == []


def test_export_when_the_work_breaks_then_a_sentence_and_the_next_one_runs(
    comparisons, order, monkeypatch, caplog
):
    with monkeypatch.context() as broken:
        broken.setattr("components.media.gate.compose", lambda *_, **__: 1 / 0)
        export = comparisons.start(order(2, label="broken"))
        until(lambda: export.ended)
    assert (export.state, export.error.split(".")[0]) == ("failed", "The file could not be made")
    again = comparisons.start(order(2, label="broken"))
    until(lambda: again.ended)
    assert again.state == "done"


@pytest.mark.parametrize(("count", "asked"), [(1, {}), (5, {}), (3, {"layout": "wipe"})])
def test_export_when_the_number_does_not_fit_then_a_sentence(comparisons, order, count, asked):
    with pytest.raises(InvalidFile):
        comparisons.start(order(count, **asked))


def test_export_when_it_is_not_known_then_told(comparisons):
    with pytest.raises(NotFound):
        comparisons.get("no such")


def test_sheet_when_asked_then_a_picture_with_a_row_for_each(comparisons, shelf, order):
    pictures = [
        Image.open(io.BytesIO(Storage(shelf[0]).read(comparisons.sheet(order(count).pieces)))) for count in (2, 5)
    ]
    assert {picture.format for picture in pictures} == {"PNG"}
    assert pictures[1].height > 2 * pictures[0].height
    with pytest.raises(InvalidFile):
        comparisons.sheet(order(1).pieces)


def test_files_when_one_is_gone_then_a_sentence_says_which(comparisons, shelf, order):
    folder, ids = shelf
    film, asked = folder / "media" / f"outputs/{ids[1]}.mp4", order(3, label="Away")
    film.rename(folder / "away.mp4")
    try:
        for make in (lambda: comparisons.start(asked), lambda: comparisons.sheet(asked.pieces)):
            with pytest.raises(NotFound, match=r"^Away 1: .*Take it out"):
                make()
    finally:
        (folder / "away.mp4").rename(film)
