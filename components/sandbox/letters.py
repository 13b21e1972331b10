"""Chooses a font that has a text's letters and breaks the text into lines. Draws nothing."""

from __future__ import annotations

from typing import Any

from components.sandbox.draw import fonts

# More than four of the smallest lines can hold.
MOST_LETTERS = 400


def legible(text: str, size: int) -> tuple[int, str]:
    """The number of the font that has most of the letters, and the text without those that it lacks."""
    text = " ".join(text.split())[:MOST_LETTERS]
    letters = set(text)
    known = [{letter for letter in letters if has(font, letter)} for font in fonts(size)]
    number = max(range(len(known)), key=lambda index: len(known[index]))
    return number, "".join(letter for letter in text if letter in known[number]).strip()


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
    """At most so many lines; what is cut off is told by an ellipsis."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rstrip(" ,.;:") + "…"]
