"""Small files that ask for far more than they are: each made here, in the way of the ones that did harm."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def scans_jpeg(side: int = 4000, more: int = 3000) -> bytes:
    """A progressive JPEG whose last pass is there thousands of times."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (120, 90, 200)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * more + b"\xff\xd9"


def plain_png(width: int, height: int, *, alpha: bool = False) -> bytes:
    """One colour, row by row, so that no picture of that size is ever in memory here."""
    pixel = b"\x40\x80\xc0" + (b"\x80" if alpha else b"")
    packer, row = zlib.compressobj(1), b"\0" + pixel * width
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def many_frames_gif(frames: int = 700_000) -> bytes:
    """A GIF of so many frames of one pixel each."""
    out = io.BytesIO()
    Image.new("P", (96, 96)).save(out, "GIF")
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return out.getvalue()[:-1] + frame * frames + b"\x3b"
