"""Makes pictures whose colours are tagged, and knows what Chromium painted for each of them on 2026-11-30."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

SRGB = (0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
DISPLAY_P3 = (0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
P3_TO_XYZ = {"r": (0.51512, 0.2412, -0.00105), "g": (0.29198, 0.69225, 0.04189), "b": (0.1571, 0.06657, 0.78407)}
WHITE_D50 = (0.9642, 1.0, 0.8249)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture(
    colour: tuple[int, ...],
    *,
    gamma: float | None = None,
    primaries: tuple[float, ...] = (),
    cicp: tuple[int, ...] = (),
    icc: bytes = b"",
) -> bytes:
    """A PNG of one colour with what it says of its colours."""
    out = io.BytesIO()
    mode = {1: "L", 3: "RGB", 4: "RGBA"}[len(colour)]
    Image.new(mode, (100, 100), colour if len(colour) > 1 else colour[0]).save(out, "PNG", icc_profile=icc or None)
    tags = _chunk(b"cICP", bytes(cicp)) if cicp else b""
    if primaries:
        tags += _chunk(b"cHRM", struct.pack(">8I", *(round(place * 100_000) for place in primaries)))
    if gamma is not None:
        tags += _chunk(b"gAMA", struct.pack(">I", round(gamma * 100_000)))
    return out.getvalue()[:33] + tags + out.getvalue()[33:]


def avif(colour: tuple[int, int, int], primaries: int, transfer: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (100, 100), colour).save(out, "AVIF", quality=100, subsampling="4:4:4")
    data = bytearray(out.getvalue())
    at = data.find(b"colrnclx") + 8
    data[at : at + 4] = struct.pack(">HH", primaries, transfer)
    return bytes(data)


def profile(gamma: float, *, grey: bool = False) -> bytes:
    """An ICC profile of Display P3's primaries, or for greys, with a plain gamma."""
    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(gamma * 256), 0)
    name = b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", 8, 28) + "test".encode("utf-16-be")
    tags = {b"desc": name, b"wtpt": _xyz(WHITE_D50)}
    if grey:
        tags[b"kTRC"] = curve
    else:
        for letter, place in P3_TO_XYZ.items():
            tags |= {f"{letter}XYZ".encode(): _xyz(place), f"{letter}TRC".encode(): curve}
    table, body, begin = b"", b"", 132 + 12 * len(tags)
    for sign, tag in tags.items():
        table += sign + struct.pack(">II", begin + len(body), len(tag))
        body += tag
    space = b"GRAY" if grey else b"RGB "
    head = struct.pack(">I4xI4s4s4s12x4s28x", begin + len(body), 0x04300000, b"mntr", space, b"XYZ ", b"acsp")
    head += b"".join(struct.pack(">i", round(place * 65536)) for place in WHITE_D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _xyz(place: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in place)


GREY, RED, BLUE, SKIN = (128, 128, 128), (200, 30, 30), (128, 30, 200), (150, 100, 80)
SEEN_IN_A_BROWSER: dict[str, tuple[bytes, tuple[int, int, int]]] = {
    "plain": (picture(BLUE), BLUE),
    "gamma 1.0": (picture(GREY, gamma=1.0), (188, 188, 188)),
    "gamma 0.45455, which says sRGB": (picture(BLUE, gamma=0.45455), BLUE),
    "gamma 0.5": (picture(BLUE, gamma=0.5), (137, 31, 206)),
    "gamma and primaries of sRGB": (picture(RED, gamma=0.45455, primaries=SRGB), (201, 24, 24)),
    "gamma and primaries of P3": (picture(RED, gamma=0.45455, primaries=DISPLAY_P3), (220, 0, 0)),
    "profile of P3": (picture(RED, icc=profile(2.2)), (220, 0, 0)),
    "linear profile for greys": (picture((128,), icc=profile(1.0, grey=True)), (188, 188, 188)),
    "cICP before gamma": (picture(RED, gamma=1.0, cicp=(12, 13, 0, 1)), (218, 0, 6)),
    "cICP linear": (picture(BLUE, cicp=(1, 8, 0, 1)), (188, 96, 229)),
    "cICP television": (picture(BLUE, cicp=(1, 1, 0, 1)), (121, 18, 197)),
    "PQ dark": (picture((80, 80, 80), cicp=(9, 16, 0, 1)), (48, 48, 48)),
    "PQ white of 203 nits": (picture((148, 148, 148), cicp=(9, 16, 0, 1)), (187, 187, 187)),
    "PQ bright": (picture((180, 180, 180), cicp=(9, 16, 0, 1)), (242, 242, 242)),
    "PQ in colour": (picture(SKIN, cicp=(9, 16, 0, 1)), (236, 34, 34)),
    "HLG in colour": (picture(SKIN, cicp=(9, 18, 0, 1)), (135, 70, 58)),
    "AVIF plain": (avif(SKIN, 1, 13), (150, 101, 79)),
    "AVIF PQ": (avif(SKIN, 9, 16), (236, 38, 31)),
    "AVIF of a television's primaries": (avif(SKIN, 9, 1), (174, 93, 74)),
}
"""A picture, and the level of red, green and blue that Chromium shows."""
