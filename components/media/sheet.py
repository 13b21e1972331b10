"""Draws a contact sheet for slides: a row a video, its pictures at the same times in every row. Plays nothing."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from components.errors import InvalidVideo
from components.media.compose.labels import EMPTY, GROUND, QUIET, draw_words, height, set_words
from components.media.compose.places import Box
from components.media.compose.plan import Cell
from components.media.compose.readers import opened
from components.media.frame_reader import FrameConverter, FrameReader, fitted
from components.media.letters import REGULAR, fonts

WIDTH, MARGIN, GAP = 1920, 36, 10
WORDS_WIDTH, LETTERS, SMALL = 300, 26, 20
TALLEST = 300
HEAD = 40
LINES = (2, 4)
MOST_COLUMNS = 12


@dataclass(frozen=True)
class _Row:
    """One video: its pictures' size and how high the row is."""

    cell: Cell
    reader: FrameReader
    size: tuple[int, int]
    height: int


def contact_sheet(rows: Sequence[Cell], columns: int = 6) -> bytes:
    """A PNG 1920 pixels wide, from the first picture to the last of the longest video.

    Raises:
        InvalidVideo: one of the videos cannot be decoded, or their offsets leave nothing to see.
    """
    columns = min(MOST_COLUMNS, max(1, columns))
    with opened(rows) as readers:
        times = moments(rows, readers, columns)
        across = (WIDTH - 2 * MARGIN - WORDS_WIDTH - columns * GAP) // columns // 2 * 2
        table = [_row(cell, reader, across) for cell, reader in zip(rows, readers, strict=True)]
        tall = MARGIN + HEAD + sum(row.height + GAP for row in table) - GAP + MARGIN
        sheet = Image.new("RGB", (WIDTH, tall), GROUND)
        _draw_times(ImageDraw.Draw(sheet), times, across)
        top = MARGIN + HEAD
        for row in table:
            _draw_row(sheet, row, times, (top, across))
            top += row.height + GAP
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=False)
    return out.getvalue()


def moments(rows: Sequence[Cell], readers: Sequence[FrameReader], columns: int) -> list[float]:
    """Equal steps on the common clock from the first picture to the last; of one column, the middle."""
    end = max((cell.offset + reader.seconds for cell, reader in zip(rows, readers, strict=True)), default=0.0)
    if not 0 < end < math.inf:
        raise InvalidVideo("There is nothing to see of these videos.", "Choose others, or shift them by less.")
    last = max(0.0, end - float(1 / max(reader.rate for reader in readers)))
    return [last / 2] if columns == 1 else [last * number / (columns - 1) for number in range(columns)]


def _row(cell: Cell, reader: FrameReader, across: int) -> _Row:
    size = fitted(reader.size, (across, TALLEST))
    words = set_words(cell, LETTERS, WORDS_WIDTH - GAP, LINES)
    return _Row(cell, reader, size, max(size[1], height(words) + GAP))


def _draw_times(draw: ImageDraw.ImageDraw, times: Sequence[float], across: int) -> None:
    font = fonts(SMALL, REGULAR)[0]
    for number, seconds in enumerate(times):
        draw.text((_left(number, across) + 2, MARGIN), f"{seconds:.2f} s", font=font, fill=QUIET)


def _draw_row(sheet: Image.Image, row: _Row, times: Sequence[float], place: tuple[int, int]) -> None:
    top, across = place
    draw = ImageDraw.Draw(sheet)
    words = set_words(row.cell, LETTERS, WORDS_WIDTH - GAP, LINES)
    draw_words(draw, Box(MARGIN, top, WORDS_WIDTH - GAP, row.height), words)
    for number, picture in enumerate(_pictures(row, times)):
        left = _left(number, across)
        draw.rectangle((left, top, left + across - 1, top + row.height - 1), fill=EMPTY)
        corner = (left + (across - picture.width) // 2, top + (row.height - picture.height) // 2)
        sheet.paste(picture, corner)


def _pictures(row: _Row, times: Sequence[float]) -> Iterator[Image.Image]:
    converter = FrameConverter(row.size, row.reader.matrix, "rgb24")
    for seconds in times:
        frame = converter.convert(row.reader.at(seconds - row.cell.offset))
        yield Image.fromarray(np.asarray(frame.to_ndarray(), np.uint8))


def _left(number: int, across: int) -> int:
    return MARGIN + WORDS_WIDTH + GAP + number * (across + GAP)
