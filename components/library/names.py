"""What videos are called when they are given away. It knows no file."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath

from components.catalog.spec import ModelSpec
from components.library.records import Generation, Output

LONGEST = 40
MARKS = ("Mn", "Mc", "Me")
"""Unicode's kinds of marks that stand at the letter before them, as most vowels of Hindi and Thai do."""


def output_name(spec: ModelSpec, generation: Generation, output: Output) -> str:
    """What a downloaded video is called, e.g. `humo-3f2a91c0.mp4`."""
    number = f"-{output.position + 1}" if output.position else ""
    return f"{spec.page}-{generation.id[:8]}{number}{PurePath(output.key).suffix}"


def row_name(output: Output) -> str:
    """What one row's video is called, e.g. `003-Ann.mp4`: its number keeps the order, its label says whose."""
    whole = unicodedata.normalize("NFC", str(output.facts.get("label", "")))
    label = "".join(letter if unicodedata.category(letter)[0] in "LNM" else "-" for letter in whole)
    tidy = _cut("-".join(part for part in label.split("-") if part))
    return f"{output.position + 1:03}{'-' + tidy if tidy else ''}{PurePath(output.key).suffix}"


def _cut(label: str) -> str:
    """At most `LONGEST` letters; a letter is not parted from the marks that belong to it."""
    end = min(LONGEST, len(label))
    while 0 < end < len(label) and unicodedata.category(label[end]) in MARKS:
        end -= 1
    return label[:end]
