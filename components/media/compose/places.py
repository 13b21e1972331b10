"""Decides where every video and its words stand. It draws nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

# What every player, projector and slide shows without a thought.
WHOLE = (1920, 1080)
GAP = 8
SMALLEST = 320
FLATTEST = 3.0
"""A cell is at most so many times as wide as high, or as high as wide."""

Size = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A part of the whole picture, in pixels; all of it even."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Places:
    """The whole picture, a box a video, and a box for its words above each."""

    size: Size
    cells: tuple[Box, ...]
    strips: tuple[Box, ...]


def in_grid(sizes: Sequence[Size], strip: int) -> Places:
    """Cells of one size, in the columns that show the videos largest; `strip` is the height of the words."""
    tables = [(columns, -(-len(sizes) // columns)) for columns in {2: (2,), 3: (2, 3)}.get(len(sizes), (2, 4))]
    table = max(tables, key=lambda table: math.prod(cell_size(sizes, strip, table)))
    width, height = cell_size(sizes, strip, table)
    whole = (table[0] * (width + GAP) + GAP, table[1] * (strip + height + GAP))
    cells, strips = [], []
    for index in range(len(sizes)):
        row, column = divmod(index, table[0])
        in_row = min(table[0], len(sizes) - row * table[0])
        # A row that is not full stands in the middle.
        left = _even((whole[0] - in_row * (width + GAP) + GAP) / 2) + column * (width + GAP)
        top = row * (strip + height + GAP)
        strips.append(Box(left, top, width, strip))
        cells.append(Box(left, top + strip, width, height))
    return Places(whole, tuple(cells), tuple(strips))


def in_one(sizes: Sequence[Size], strip: int) -> Places:
    """All in the same place, for a wipe of two; their words share the strip above."""
    width, height = cell_size(sizes, strip, (1, 1))
    cell, half = Box(GAP, strip, width, height), _even((width - GAP) / 2)
    strips = (Box(GAP, 0, half, strip), Box(GAP + width - half, 0, half, strip))
    return Places((width + 2 * GAP, strip + height + GAP), (cell, cell), strips)


def cell_size(sizes: Sequence[Size], strip: int, table: tuple[int, int]) -> Size:
    """One size for all: their mean shape, as large as fits, not larger than the largest video needs."""
    shape = common_shape(sizes)
    room_x = (WHOLE[0] - GAP) / table[0] - GAP
    room_y = WHOLE[1] / table[1] - GAP - strip
    needed = max(max(width, height * shape) for width, height in sizes)
    width = min(room_x, room_y * shape, max(needed, SMALLEST * min(1.0, shape)))
    return _even(width), _even(width / shape)


def common_shape(sizes: Sequence[Size]) -> float:
    """Width by height in the middle of all: that of equal videos, a square for one upright and one lying."""
    shape = math.exp(sum(math.log(width / height) for width, height in sizes) / len(sizes))
    return min(FLATTEST, max(1 / FLATTEST, shape))


def _even(length: float) -> int:
    """The even number at or below it; a hair above counts, so that 16:9 stays itself."""
    return max(2, int(length + 0.01) // 2 * 2)
