"""Small files that ask for far more than they are: each made here, in the way of the ones that did harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

import av
from openpyxl import Workbook
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


def covers_mp3(sound: bytes, covers: int = 1, side: int = 16_000) -> bytes:
    """An MP3 with covers of so many pixels a side."""
    tags = _tag(_cover(side)) * covers
    return b"ID3\x04\0\0" + _seven_bits(len(tags)) + tags + sound


@cache
def _cover(side: int) -> bytes:
    return plain_png(side, side)


def _tag(picture: bytes) -> bytes:
    body = b"\0image/png\0\x03\0" + picture
    return b"APIC" + _seven_bits(len(body)) + b"\0\0" + body


def _seven_bits(number: int) -> bytes:
    return bytes(number >> shift & 127 for shift in (21, 14, 7, 0))


def slow_wav(seconds: int = 60_000, rate: int = 1) -> bytes:
    """A WAV of so many samples, each of which is to last a second."""
    body = b"\x10\x20" * seconds
    head = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16)
    parts = b"WAVEfmt " + head + b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(parts)) + parts


def many_samples_mp4(clip: bytes, samples: int = 80_000_000) -> bytes:
    """An MP4 whose header claims so many samples of one byte."""
    plain = clip.replace(b"stss", b"free").replace(b"ctts", b"free")
    data = _changed(plain, b"stsz", 8, (1, samples))
    data = _changed(data, b"stts", 8, (1, samples))
    return _changed(data, b"stsc", 8, (1, 1, samples))


def many_fragments_mp4(clip: bytes, samples: int = 80_000_000) -> bytes:
    """An MP4 of one fragment that claims so many samples and says nothing about them."""
    out = io.BytesIO()
    how = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
    with av.open(io.BytesIO(clip)) as source, av.open(out, "w", format="mp4", options=how) as target:
        twin = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = twin
                target.mux(packet)
    return _changed(out.getvalue(), b"trun", 4, (0, samples))


def _changed(data: bytes, kind: bytes, offset: int, numbers: tuple[int, ...]) -> bytes:
    """The first box of a kind with other numbers so far behind its name."""
    at = data.index(kind) + offset
    return data[:at] + struct.pack(f">{len(numbers)}I", *numbers) + data[at + 4 * len(numbers) :]


def many_cells_xlsx(inside: bytes = b'<row r="1">' + b"<c/>" * 5_000_000 + b"</row>") -> bytes:
    """A workbook whose only sheet holds this."""
    plain, out = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.append(["name"])
    book.save(plain)
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            whole = name.endswith("sheet1.xml")
            target.writestr(name, sheet + inside + b"</sheetData></worksheet>" if whole else source.read(name))
    return out.getvalue()


def padded(data: bytes, size: int) -> bytes:
    """The same with nothing behind it, so that it is no lie to hold as many samples."""
    return data + struct.pack(">I4s", size, b"free") + bytes(size - 8)
