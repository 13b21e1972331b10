"""What can be made again goes with one press; what was paid for stays."""

from __future__ import annotations

import pytest

from components.library.bucket import Bucket
from components.library.storage import Storage
from components.studio.room import Rooms

FILES = {
    "outputs/a-0.mp4": 9,
    "posters/a-0.jpg": 1,
    "previews/a-0.mp4": 3,
    "exports/x.zip": 4,
    "tagged/a-0.mp4": 5,
}


@pytest.fixture(params=["folder", "bucket"])
def kept(request, tmp_path):
    storage = (
        Storage(tmp_path) if request.param == "folder" else Bucket(tmp_path, request.getfixturevalue("s3_url"))
    )
    for key, size in FILES.items():
        storage.put(key, b"x" * size)
    return storage


def test_copies_when_they_are_removed_then_only_they(library, kept):
    room = Rooms(library, lambda: None, kept)
    assert (room.again().count, room.again().bytes) == (3, 12)
    assert room.clear_again() == 3
    assert [key for key in FILES if kept.has(key)] == ["outputs/a-0.mp4", "posters/a-0.jpg"]
    assert room.again().bytes == 0
