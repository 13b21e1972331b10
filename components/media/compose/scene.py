"""What a composed video shows at every time: a grid, or two videos and the divider between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from av import VideoFrame

from components.errors import InvalidVideo
from components.media.compose.canvas import WHITE, Canvas
from components.media.compose.labels import draw_ground, lettered
from components.media.compose.places import Box, in_grid, in_one
from components.media.compose.plan import Plan
from components.media.compose.prefetch import Prefetch
from components.media.frame_reader import FrameConverter, FrameReader, fitted

MOST_FPS = 30
NEAR = 0.02
"""By this part a rate may miss: what a phone or a provider calls 30 is often measured a little above it."""
BAR = 4
LONGEST = 1800.0
SWEEP_SECONDS, FASTEST_SWEEP = 8.0, 3.0
REACH = 0.46
"""How far the divider goes from the middle, in widths."""


class Part:
    """One video on the canvas: decoded as far as it is needed, scaled only when its picture changes."""

    def __init__(self, reader: FrameReader, offset: float, cell: Box, matrix: str) -> None:
        self._reader, self._offset = reader, offset
        self.size = fitted(reader.size, (cell.width, cell.height))
        self.at = (cell.x + _half(cell.width - self.size[0]), cell.y + _half(cell.height - self.size[1]))
        self._converter = FrameConverter(self.size, matrix)

    def pictures(self, times: Iterable[float]) -> Iterator[VideoFrame | None]:
        """At each of the times its picture, or None where it is the one from before."""
        seen = None
        for seconds in times:
            frame = self._reader.at(seconds - self._offset)
            yield None if frame is seen else self._converter.convert(frame)
            seen = frame


class Scene:
    """The pictures of the film, asked for in their order; `close` it at the end."""

    def __init__(self, plan: Plan, readers: Sequence[FrameReader]) -> None:
        self.rate = common_rate(readers)
        self.seconds = length(plan, readers)
        self.count = max(1, round(self.seconds * self.rate))
        matrices = {reader.matrix for reader in readers}
        self.matrix = matrices.pop() if len(matrices) == 1 else "bt709"
        self._wipes = plan.layout == "wipe"
        sizes, arrange = [reader.size for reader in readers], in_one if self._wipes else in_grid
        places, words = lettered(plan.cells, lambda strip: arrange(sizes, strip))
        self.size, self._cell = places.size, places.cells[0]
        self._canvas = Canvas(draw_ground(places, words, facing=self._wipes), self.matrix)
        self._empty = self._canvas.colour_at(self._cell.x, self._cell.y)
        self._parts = [
            Part(reader, cell.offset, box, self.matrix)
            for reader, cell, box in zip(readers, plan.cells, places.cells, strict=True)
        ]

        times = [float(number / self.rate) for number in range(self.count)]
        self._prefetch = [Prefetch(part.pictures(times)) for part in self._parts]
        self._shown: list[VideoFrame | None] = [None] * len(self._parts)

    def frame(self, number: int) -> VideoFrame:
        for index, (part, prefetch) in enumerate(zip(self._parts, self._prefetch, strict=True)):
            picture = prefetch.next()
            if picture is None:
                continue
            self._shown[index] = picture
            if not self._wipes:
                self._canvas.lay(picture, part.at)
        if self._wipes:
            self._wipe(divider(float(number / self.rate), self.seconds))
        return self._canvas.frame(number, 1 / self.rate)

    def close(self) -> None:
        for prefetch in self._prefetch:
            prefetch.close()

    def _wipe(self, where: float) -> None:
        cell = self._cell
        edge = cell.x + _half(cell.width * where * 2)
        self._canvas.fill(cell, self._empty)
        for number, (part, picture) in enumerate(zip(self._parts, self._shown, strict=True)):
            middle, width = _within(edge - part.at[0], part.size[0]), part.size[0]
            if picture is not None:
                self._canvas.lay(picture, part.at, *((middle, width) if number else (0, middle)))
        self._canvas.fill(Box(edge - BAR // 2, cell.y, BAR, cell.height), WHITE)


def divider(seconds: float, length: float) -> float:
    """Where the divider stands, from 0 to 1: from the middle it swings to the right and to the left, slowly.

    Whoever is sent the file cannot drag it.
    """
    swing = min(SWEEP_SECONDS, max(FASTEST_SWEEP, length))
    return 0.5 + REACH * math.sin(2 * math.pi * seconds / swing)


def common_rate(readers: Sequence[FrameReader]) -> Fraction:
    """The highest of their rates; divided where it is above 30, multiplied below 15, so that steps stay even."""
    rate = max(reader.rate for reader in readers)
    if rate > MOST_FPS:
        return rate / max(1, math.ceil(rate / MOST_FPS - NEAR))
    return rate * math.floor(MOST_FPS / rate + NEAR)


def length(plan: Plan, readers: Sequence[FrameReader]) -> float:
    seconds = max(cell.offset + reader.seconds for cell, reader in zip(plan.cells, readers, strict=True))
    if not seconds > 0:  # so that what is no number is refused too
        raise InvalidVideo("These videos end before they begin.", "Shift them by less.")
    if seconds > LONGEST:
        raise InvalidVideo(
            "Together these videos are longer than half an hour.", "Shift them by less, or cut them."
        )
    return seconds


def _half(length: float) -> int:
    """Half of it, and even."""
    return int(length) // 4 * 2


def _within(column: int, width: int) -> int:
    return min(width, max(0, column))
