"""Walks over the outermost boxes of MP4 and MOV files, and adds an XMP box at the end. It decodes nothing."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
MOST_BOXES = 10_000
MOST_BYTES = 512 * 1024
_LARGE = 1


def append_xmp(path: Path, packets: Iterable[bytes]) -> None:
    """At the end nothing moves; boxes there may come in any order."""
    with path.open("r+b") as file:
        file.seek(0, io.SEEK_END)
        for packet in packets:
            file.write(struct.pack(">I4s", 8 + len(XMP) + len(packet), b"uuid") + XMP + packet)


def find_xmp(data: bytes | Path) -> Iterator[bytes]:
    """The XMP packets of a file; none of a file that is something else."""
    try:
        with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as file:
            yield from _packets(file)
    except OSError:
        return


def _packets(file: BinaryIO) -> Iterator[bytes]:
    end, at = file.seek(0, io.SEEK_END), 0
    for _ in range(MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head[:8])
        begin = 8
        if size == _LARGE and len(head) == 16:
            size, begin = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            size = end - at  # to the end of the file
        if size < begin or at + size > end:
            return
        if kind == b"uuid" and begin + len(XMP) <= size <= MOST_BYTES:
            file.seek(at + begin)
            body = file.read(size - begin)
            if body.startswith(XMP):
                yield body[len(XMP) :]
        at += size
