"""Sets a prompt's words like a film's title: what it is about large, the rest small below. Knows no scenery."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from components.media.letters import broken, fonts, has, legible, shortened

# Below this many pixels no letter could be read.
SMALLEST_SIDE = 96
LEADING = 1.24
LONGEST_TITLE = 64
HAIR_SPACE = "\u200a"


@dataclass(frozen=True)
class Line:
    """One line of the title; `top` is in the drawing's pixels."""

    text: str
    font: Any
    top: float
    opacity: int


def draw_title(prompt: str, size: tuple[int, int]) -> Image.Image | None:
    """The words on a transparent ground of 84 by 46 hundredths of the picture; None where nothing can be set."""
    side = min(size)
    if side < SMALLEST_SIDE:
        return None
    box = (round(size[0] * 0.84), round(size[1] * 0.46))
    number, text = legible(prompt, round(side * 0.08))
    if not text:
        return None
    lines = _set(*_parted(text), number, (box, side))
    words = Image.new("RGBA", box, (255, 255, 255, 0))
    shade = Image.new("L", box)
    for drawing, shadow in ((ImageDraw.Draw(shade), True), (ImageDraw.Draw(words), False)):
        for line in lines:
            left = (box[0] - line.font.getlength(line.text)) / 2
            fill: Any = 215 if shadow else (255, 255, 255, line.opacity)
            drawing.text((left, line.top), line.text, font=line.font, fill=fill)
    ground = Image.new("RGBA", box, (8, 9, 12, 0))
    ground.putalpha(shade.filter(ImageFilter.GaussianBlur(side * 0.016)))
    return Image.alpha_composite(ground, words)


def _parted(text: str) -> tuple[str, str]:
    """The title, which is the first clause if it is short enough, and what follows it."""
    first = re.split(r"[,.;:!?。、，]\s*", text, maxsplit=1)
    title = first[0] or text
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rsplit(" ", 1)[0]
    return title, text[len(title) :].strip(" ,.;:!?。、，")


def _set(title: str, rest: str, number: int, room: tuple[tuple[int, int], int]) -> list[Line]:
    """Title and rest as lines, centred in height: as large as fits on two lines."""
    (width, height), side = room
    for letters in range(round(side * 0.088), round(side * 0.05), -1):
        large = fonts(letters)[number]
        looser = large.getlength(_spaced(title.upper(), large)) / large.getlength(title.upper())
        lines = [_spaced(line, large) for line in broken(title.upper(), large, round(width / looser))]
        if len(lines) <= 2:
            break
    small_size = max(9, round(side * 0.036))
    small = fonts(small_size)[number]
    below = shortened(broken(rest, small, round(width * 0.86)), 2) if rest else []
    rows = [(line, large, letters, 250) for line in shortened(lines, 3)]
    rows += [(line, small, small_size, 205) for line in below]
    gap = side * 0.022
    tall = sum(row[2] for row in rows) * LEADING + (gap if below else 0)
    top = max(0.0, (height - tall) / 2)
    placed = []
    for index, (line, font, size, opacity) in enumerate(rows):
        if below and index == len(rows) - len(below):
            top += gap
        placed.append(Line(line, font, top, opacity))
        top += size * LEADING
    return placed


def _spaced(text: str, font: Any) -> str:
    """Wide-set capitals; other scripts join their letters and are left alone."""
    if not text.isascii() or not has(font, HAIR_SPACE):
        return text
    return "  ".join(HAIR_SPACE.join(word) for word in text.split())
