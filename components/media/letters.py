"""Chooses a font that has a text's letters and breaks the text into lines. Draws nothing."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from PIL import ImageFont

# More than four of the smallest lines can hold.
MOST_LETTERS = 400
SYSTEM_FONTS = Path("/usr/share/fonts")
SEMIBOLD, REGULAR = 600, 400
_SYSTEM = {
    SEMIBOLD: ("**/DejaVuSans-Bold.ttf", "**/NotoSansCJK-Bold.ttc", "**/NotoSansCJK*.ttc"),
    REGULAR: ("**/DejaVuSans.ttf", "**/NotoSansCJK-Regular.ttc", "**/NotoSansCJK*.ttc"),
}


@cache
def fonts(size: int, weight: int = SEMIBOLD) -> list[Any]:
    """Fonts to try in turn: Streamlit's own Source Sans, then what the machine has, Pillow's own at the end."""
    found: list[Any] = []
    streamlit = importlib.util.find_spec("streamlit")  # its folder only: nothing of it is run
    for place in streamlit.submodule_search_locations or () if streamlit else ():
        for path in sorted(Path(place).glob("static/static/media/SourceSansVF-Upright*.woff2")):
            font = ImageFont.truetype(str(path), size)
            font.set_variation_by_axes([weight])  # the default weight is thin
            found.append(font)
    for pattern in _SYSTEM[weight]:
        found += [ImageFont.truetype(str(path), size) for path in sorted(SYSTEM_FONTS.glob(pattern))[:1]]
    return [*found, ImageFont.load_default(size)]


def legible(text: str, size: int, weight: int = SEMIBOLD) -> tuple[int, str]:
    """The number of the font that has most of the letters, and the text without those that it lacks."""
    text = " ".join(text.split())[:MOST_LETTERS]
    letters = set(text)
    known = [{letter for letter in letters if has(font, letter)} for font in fonts(size, weight)]
    number = max(range(len(known)), key=lambda index: len(known[index]))
    return number, " ".join("".join(letter for letter in text if letter in known[number]).split())


def has(font: Any, letter: str) -> bool:
    """Whether the font draws a letter, and not the box that stands for one it lacks."""
    if letter == " ":
        return True
    drawn, missing = font.getmask(letter), font.getmask("\uffff")
    return bool(drawn.size != missing.size or bytes(drawn) != bytes(missing))


def broken(text: str, font: Any, width: int) -> list[str]:
    """Lines that fit; a word that is too long for one, as in scripts without spaces, breaks anywhere."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if font.getlength(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def shortened(lines: list[str], most: int) -> list[str]:
    """At most so many lines; an ellipsis stands for what is cut off."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rstrip(" ,.;:") + "…"]
