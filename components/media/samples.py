"""Counts the samples that an MP4 or MOV file claims to have. It decodes nothing, and believes nothing either.

A box of a few bytes may claim four billion, and a reader makes room for them before it looks for the first.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

MOST_BOXES = 100_000
"""Of a recording in fragments of a second each, some boxes come every second."""
_HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf")
_COUNTERS = {b"stsz": 8, b"stz2": 8, b"trun": 4}
"""Where in a box its count of samples stands (ISO/IEC 14496-12, 8.7.3 and 8.8.8)."""
_LARGE = 1


@dataclass(frozen=True)
class _Box:
    kind: bytes
    begin: int
    end: int


def claims_too_much(file: IO[bytes]) -> bool:
    """Whether it claims more samples than it has bytes; the file stands at its beginning again afterwards."""
    size = file.seek(0, io.SEEK_END)
    claimed = 0
    for box in _boxes(file, size):
        if box.kind in _COUNTERS:
            file.seek(box.begin + _COUNTERS[box.kind])
            claimed += int.from_bytes(file.read(4), "big")
        if claimed > size:
            break
    file.seek(0)
    return claimed > size


def _boxes(file: IO[bytes], size: int) -> Iterator[_Box]:
    """All boxes that can hold a count, and what they stand in, as far as the file makes sense."""
    open_ends, at = [size], 0
    for _ in range(MOST_BOXES):
        while open_ends and at >= open_ends[-1]:
            open_ends.pop()
        if not open_ends:
            return
        box = _box(file, at, open_ends[-1])
        if box is None:
            at = open_ends[-1]
            continue
        yield box
        if box.kind in _HOLDERS:
            open_ends.append(box.end)
        at = box.begin if box.kind in _HOLDERS else box.end


def _box(file: IO[bytes], at: int, limit: int) -> _Box | None:
    file.seek(at)
    head = file.read(16)
    if len(head) < 8:
        return None
    size, kind = struct.unpack(">I4s", head[:8])
    begin = 8
    if size == _LARGE and len(head) == 16:
        size, begin = struct.unpack(">Q", head[8:])[0], 16
    # Nought means: to the end of what it stands in. One that reaches beyond it is read as far as that.
    end = limit if size == 0 else min(limit, at + size)
    return _Box(kind, at + begin, end) if end >= at + begin else None
