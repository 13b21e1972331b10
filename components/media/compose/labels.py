"""Draws what stands still in a composed video: the ground, the places of the videos and their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from components.media.compose.places import Box, Places
from components.media.compose.plan import Cell
from components.media.letters import REGULAR, SEMIBOLD, broken, fonts, legible, shortened

Colour = tuple[int, int, int]

GROUND: Colour = (15, 17, 21)
EMPTY: Colour = (8, 9, 12)
INK: Colour = (238, 240, 244)
QUIET: Colour = (163, 170, 183)
LEADING = 1.25
SETTINGS_LINES = 2


@dataclass(frozen=True)
class Words:
    """Lines in one font and colour."""

    lines: tuple[str, ...]
    font: Any
    height: int
    colour: Colour


def lettered(cells: Sequence[Cell], arrange: Callable[[int], Places]) -> tuple[Places, list[tuple[Words, ...]]]:
    """Places whose strips are as high as the words above them need, and those words."""
    places = arrange(0)
    letters = min(26, max(13, round(places.size[0] / 68)))
    for _ in range(2):  # high strips make the videos narrower, which may break the words once more
        words = [set_words(cell, letters, places.strips[index].width) for index, cell in enumerate(cells)]
        tall = max(height(its) for its in words)
        places = arrange((tall + 2 * _pad(words[0])) // 2 * 2)
    return places, words


def set_words(
    cell: Cell, letters: int, width: int, most: tuple[int, int] = (1, SETTINGS_LINES)
) -> tuple[Words, ...]:
    """The label, and below it the settings, each on as many lines as it needs and may have."""
    small = max(11, round(letters * 0.77))
    return (
        _set(cell.label, (letters, SEMIBOLD, INK), width, most[0]),
        _set(cell.settings, (small, REGULAR, QUIET), width, most[1]),
    )


def height(words: Sequence[Words]) -> int:
    return sum(part.height * len(part.lines) for part in words)


def draw_words(draw: ImageDraw.ImageDraw, box: Box, words: Sequence[Words], *, right: bool = False) -> None:
    """From the top of the box down, so that names stand in a row, at its left or right edge."""
    top = box.y + _pad(words)
    for part in words:
        for line in part.lines:
            left = box.x + 2 if not right else box.x + box.width - 2 - part.font.getlength(line)
            draw.text((left, top), line, font=part.font, fill=part.colour)
            top += part.height


def draw_ground(places: Places, words: Sequence[Sequence[Words]], *, facing: bool = False) -> Image.Image:
    """All that stands still; `facing` puts the last words at the right edge."""
    ground = Image.new("RGB", places.size, GROUND)
    draw = ImageDraw.Draw(ground)
    for cell in places.cells:
        draw.rectangle((cell.x, cell.y, cell.x + cell.width - 1, cell.y + cell.height - 1), fill=EMPTY)
    for number, (strip, its) in enumerate(zip(places.strips, words, strict=True), 1):
        draw_words(draw, strip, its, right=facing and number == len(words))
    return ground


def _set(text: str, how: tuple[int, int, Colour], width: int, most: int) -> Words:
    size, weight, colour = how
    number, known = legible(text, size, weight)
    font = fonts(size, weight)[number]
    # The room of an ellipsis is kept, should the last line need one.
    lines = shortened(broken(known, font, width - round(font.getlength("…"))), most) if known else []
    return Words(tuple(lines), font, round(size * LEADING), colour)


def _pad(words: Sequence[Words]) -> int:
    return words[0].height // 3
