"""A contact sheet shows every video at the same times."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from components.errors import InvalidVideo
from components.media.compose import Cell
from components.media.frame_reader import fitted
from components.media.sheet import GAP, HEAD, MARGIN, TALLEST, WIDTH, WORDS_WIDTH, contact_sheet
from tests.media.films import BITS, make_film

SIZE = (192, 108)


def opened(rows: list[Cell], columns: int = 6) -> np.ndarray:
    with Image.open(io.BytesIO(contact_sheet(rows, columns))) as image:
        assert (image.format, image.width) == ("PNG", WIDTH)
        return np.asarray(image.convert("L"))


def numbers(sheet: np.ndarray, row: int, columns: int = 6) -> list[int]:
    """The pictures' numbers along one row of the sheet; all of its rows are as high as the first."""
    across = (WIDTH - 2 * MARGIN - WORDS_WIDTH - columns * GAP) // columns // 2 * 2
    width, height = fitted(SIZE, (across, TALLEST))
    line = sheet[MARGIN + HEAD + row * (height + GAP) + height // 2]
    found = []
    for column in range(columns):
        left = MARGIN + WORDS_WIDTH + GAP + column * (across + GAP) + (across - width) / 2
        bits = [int(line[int(left + (bit + 0.5) * width / BITS)] > 128) for bit in range(BITS)]
        found.append(sum(bit << place for place, bit in enumerate(bits)))
    return found


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_film(tmp_path / "film.mp4", 2.04)


def test_sheet_when_drawn_then_rows_show_the_same_times(tmp_path: Path, film: Path) -> None:
    short = make_film(tmp_path / "short.webm", 0.8)
    sheet = opened([Cell(film, "A", "seed 1"), Cell(short, "B"), Cell(film, "C", offset=0.4)])
    # 2.44 s in six steps; the last one is the last picture of the longest.
    assert numbers(sheet, 0) == [0, 12, 24, 36, 48, 50]
    assert numbers(sheet, 1) == [0, 12, 19, 19, 19, 19]
    assert numbers(sheet, 2) == [0, 2, 14, 26, 38, 50]


@pytest.mark.parametrize(("columns", "expected"), [(1, [25]), (3, [0, 25, 50])])
def test_sheet_when_columns_are_few_then_their_steps_are_equal(
    film: Path, columns: int, expected: list[int]
) -> None:
    assert numbers(opened([Cell(film, "A")], columns), 0, columns) == expected


@pytest.mark.parametrize("label", ["Café Привет", "🎬🔥", "", "x" * 5000])
def test_sheet_when_words_are_unusual_then_it_is_drawn(film: Path, label: str) -> None:
    assert numbers(opened([Cell(film, label)]), 0) == [0, 10, 20, 30, 40, 50]


@pytest.mark.parametrize("name", ["text", "missing"])
@pytest.mark.parametrize(("label", "said"), [("2 · HuMo", "^2 · HuMo: [A-Z]"), ("", "^[A-Z]")])
def test_sheet_when_a_file_is_no_video_then_a_sentence_says_which(
    tmp_path: Path, film: Path, name: str, label: str, said: str
) -> None:
    (tmp_path / "text").write_text("hello")
    with pytest.raises(InvalidVideo, match=said):
        contact_sheet([Cell(film, "A"), Cell(tmp_path / name, label)])


@pytest.mark.parametrize("shifts", [[], [float("nan")]])
def test_sheet_when_there_is_nothing_to_see_then_a_sentence_says_so(film: Path, shifts: list[float]) -> None:
    with pytest.raises(InvalidVideo):
        contact_sheet([Cell(film, "A", offset=shift) for shift in shifts])
