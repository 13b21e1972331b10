"""Good files of every kind with bytes changed, put in and taken out, the same ones for the same seed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from components.media import gate
from tests.media.making import make_clip, make_picture, make_tone

Reader = Callable[[Path], object]
PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "TIFF", "BMP", "AVIF")
SOUNDS = ("mp3", "m4a", "ogg", "flac", "wav", "webm")


@cache
def originals() -> list[tuple[Reader, bytes]]:
    """A good file and who reads it."""
    book, rows = Workbook(), io.BytesIO()
    book.active.append(["name", "company"])
    book.active.append(["Ann", "Acme"])
    book.save(rows)
    return [
        *((gate.read_picture, make_picture((96, 96), kind)) for kind in PICTURES),
        *((gate.read_voice, make_tone(0.6, kind)) for kind in SOUNDS),
        *((gate.read_result, make_clip(0.4, kind)) for kind in ("mp4", "webm")),
        (gate.read_table, rows.getvalue()),
        (gate.read_table, "name;company\nAnn;Acmé\n".encode("cp1252")),
    ]


def mutations(count: int, seed: int = 7) -> Iterator[tuple[Reader, bytes]]:
    chance = random.Random(seed)
    for _ in range(count):
        read, data = chance.choice(originals())
        yield read, _mutated(bytearray(data), chance)


def _mutated(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        # Headers break more than payload does.
        at = chance.randrange(min(200, len(data)) if chance.random() < 0.5 else len(data)) if data else 0
        match chance.randrange(5):
            case 0:
                data[at : at + 1] = chance.randbytes(1)
            case 1:
                data[at:at] = chance.randbytes(chance.randint(1, 40))
            case 2:
                del data[at : at + chance.randint(1, 400)]
            case 3:
                data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0"))
            case _:
                data[at : at + 40] = chance.randbytes(40)
    return bytes(data)
