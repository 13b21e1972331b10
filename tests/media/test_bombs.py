"""Hostile files at the gate: refused in a sentence or read right, at no cost to the server or to anybody else."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from components.errors import InvalidFile
from components.media import gate
from tests.media.arsenal import BOMBS, Bomb
from tests.media.memory import Growth
from tests.media.mutations import mutations

SERVER_MEGABYTES = 50
MUTATIONS = 200
"""Of the 2,000 that `make bench` reads."""


@pytest.fixture
def unharmed() -> Iterator[None]:
    """The most memory of this process during a test is hardly more than at its beginning."""
    with Growth() as growth:
        yield
    assert growth.megabytes < SERVER_MEGABYTES


@pytest.fixture(params=BOMBS)
def bomb(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Bomb, Path]:
    path = tmp_path / "bomb"
    chosen = BOMBS[request.param]
    path.write_bytes(chosen.make())
    return chosen, path


def test_bomb_when_read_then_refused_in_words_or_right_and_the_server_stays_small(
    bomb: tuple[Bomb, Path], unharmed: None
) -> None:
    asked, path = bomb
    if asked.refusal is None:
        assert asked.read(path)
        return
    with pytest.raises(InvalidFile) as refused:
        asked.read(path)
    assert re.search(asked.refusal, refused.value.message)
    assert refused.value.hint


def test_upload_when_bombs_are_read_then_is_answered_meanwhile(portrait_jpg: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(BOMBS["a PNG of 40 megapixels with alpha"].make())
    # Several, one after the other: a child for the picture may have to be started first.
    with ThreadPoolExecutor(1) as threads:
        slow = [threads.submit(gate.read_portrait, path) for _ in range(4)]
        assert gate.thumbnail(portrait_jpg, 64)
        assert not slow[-1].done()


def test_files_when_bytes_are_changed_then_each_is_read_or_refused_and_no_child_is_lost(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, unharmed: None
) -> None:
    caplog.set_level(logging.WARNING)
    path = tmp_path / "file"
    words: list[str] = []
    for reader, data in mutations(MUTATIONS):
        path.write_bytes(data)
        try:
            assert reader(path)
        except InvalidFile as refused:
            words.append(refused.message)
    assert 0 < len(words) < MUTATIONS
    assert [one for one in words if not one.endswith(".")] == []
    assert caplog.text == ""
