"""How much room what is kept takes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from components.library.room import RoomQueries
from components.library.tables import output

OCTOBER, NOVEMBER = (datetime(2026, month, 15, tzinfo=UTC).timestamp() for month in (10, 11))


@pytest.fixture
def sized(library, make):
    """A generation's videos with a size, made in a month."""

    def sized(name, size, moment, videos=1, **values):
        make(name, videos=videos, **values)
        with library.begin() as connection:
            mine = sa.update(output).where(output.c.generation_id == name)
            connection.execute(mine.values(size=size, created_at=moment))

    return sized


def of(library, owner):
    return RoomQueries(library, lambda: owner)


def test_room_when_there_is_nothing_then_nothing(library):
    room = of(library, "local").together()
    assert (room.videos.count, room.videos.bytes, room.files.bytes) == (0, 0, 0)
    assert of(library, "local").videos() == []


def test_room_when_there_are_videos_then_by_month_and_model_the_newest_and_largest_first(library, sized):
    sized("a", 10, OCTOBER)
    sized("b", 20, NOVEMBER, videos=2)
    sized("c", 5, NOVEMBER, model="runware/omnihuman-1")
    sized("d", 99, NOVEMBER, owner="ann")
    found = [(one.month, one.model, one.count, one.bytes) for one in of(library, "local").videos()]
    assert found == [
        ("2026-11", "segmind/humo", 2, 40),
        ("2026-11", "runware/omnihuman-1", 1, 5),
        ("2026-10", "segmind/humo", 1, 10),
    ]
    assert of(library, None).together().videos.bytes == 154


def test_room_when_some_are_in_the_bin_then_what_they_take_is_told(library, sized, bin_):
    sized("a", 10, OCTOBER, videos=2)
    bin_.move(["a-0"], 1.0)
    room = of(library, "local").together()
    assert (room.videos.bytes, room.bin.count, room.bin.bytes) == (20, 1, 10)
