"""Turns the colours of a picture into sRGB as a browser does: ICC profiles, PNG's gAMA and cHRM, cICP and nclx.

Every figure was compared with what Chromium paints for the same file (2026-11-30; `tests/e2e/test_pictures.py`).
It opens no file and knows no limit.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageCms

from components.media.tone import displayed, hlg, pq, srgb, to_srgb_curve, toned, tv

Floats = NDArray[np.float32]
Points = tuple[float, ...]
"""White, red, green and blue as x and y, in the order of cHRM."""
D65 = (0.3127, 0.3290)
BT709: Points = (*D65, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
PRIMARIES: dict[int, Points] = {
    1: BT709,
    9: (*D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    12: (*D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
}
"""By their numbers in ITU-T H.273: BT.709, BT.2020, Display P3."""
LINEAR, SRGB, PQ, HLG = 8, 13, 16, 18
TV = (1, 6, 14, 15)
WEB_GAMMA, NEAR = 0.45455, 0.01
"""A gAMA near it, without cHRM, is how PNGs said "sRGB" before there was a chunk for it."""
MODES = {"RGB ": "RGB", "CMYK": "CMYK", "GRAY": "L"}
SEEN = 4
"""Levels of 255 by which a pixel must change before it is said."""
CHUNKS, HEAD = 64, 1 << 16
STRIP = 256
"""Rows that are worked on at once, for the memory's sake."""


@dataclass(frozen=True)
class Space:
    """What the numbers of a picture mean: primaries, and the curve from a number between 0 and 1 to light."""

    points: Points
    light: Callable[[Floats], Floats]
    high_range: bool = False
    """Light counts from a white of 203 nits and goes beyond it (ITU-R BT.2408)."""
    scene: bool = False
    """Light is the scene's, which a display makes steeper (HLG)."""


def space_of(data: bytes, info: Mapping[Any, Any]) -> Space | bytes | None:
    """What a file says of its colours, the strongest word first: a space, an ICC profile; None is sRGB."""
    said = _cicp(data)
    if said is None and info.get("icc_profile"):
        return bytes(info["icc_profile"])
    if said is None:
        said = _nclx(data)
    if said is not None:
        return _numbered(*said)
    gamma = info.get("gamma")
    if "srgb" in info or not isinstance(gamma, float) or not 0.01 < gamma < 100:
        return None
    points = info.get("chromaticity")
    if points is None:
        return (
            None if abs(gamma - WEB_GAMMA) < NEAR else Space(BT709, lambda value: value ** np.float32(1 / gamma))
        )
    return Space(tuple(points), lambda value: value ** np.float32(1 / gamma))


def in_srgb(picture: Image.Image, space: Space | bytes | None) -> tuple[Image.Image, bool]:
    """An RGB picture of the same look, and whether its pixels had to change; a broken tag is ignored."""
    plain = picture.convert("RGB")
    if space is None:
        return plain, False
    found = plain
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError, np.linalg.LinAlgError):
        found = _profiled(picture, space) if isinstance(space, bytes) else _converted(plain, space)
    return found, bool(np.asarray(ImageChops.difference(found, plain)).max() > SEEN)


def _profiled(picture: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    mode = MODES.get(source.profile.xcolor_space, picture.mode)
    if "CMYK" in (mode, picture.mode) and mode != picture.mode:
        raise ValueError("the profile is for other colours")
    target = ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(picture.convert(mode), source, target, outputMode="RGB")
    return converted or picture.convert("RGB")


def _converted(picture: Image.Image, space: Space) -> Image.Image:
    curve = space.light(np.linspace(0, 1, 256, dtype=np.float32))
    matrix = np.asarray(np.linalg.inv(_to_xyz(BT709)) @ _to_xyz(space.points), np.float32)
    pixels = np.asarray(picture)
    out = np.empty_like(pixels)
    for top in range(0, len(pixels), STRIP):
        light = curve[pixels[top : top + STRIP]]
        if space.scene:
            light = displayed(light)
        if space.high_range:
            light = toned(light)
        level = to_srgb_curve(np.clip(light @ matrix.T, 0, 1))
        out[top : top + STRIP] = np.rint(level * 255).astype(np.uint8)
    return Image.fromarray(out)


def _to_xyz(points: Points) -> NDArray[np.float64]:
    """From light in these primaries to XYZ, white adapted to D65 (Bradford)."""
    xy = np.asarray(points, np.float64).reshape(4, 2)
    columns = np.array([xy[:, 0], xy[:, 1], 1 - xy.sum(axis=1)]) / np.where(xy[:, 1] == 0, 1e-6, xy[:, 1])
    white, primaries = columns[:, 0], columns[:, 1:]
    matrix = primaries * np.linalg.solve(primaries, white)
    bradford = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    d65 = np.array([D65[0], D65[1], 1 - sum(D65)]) / D65[1]
    scale = np.diag((bradford @ d65) / (bradford @ white))
    return np.asarray(np.linalg.inv(bradford) @ scale @ bradford @ matrix)


def _numbered(primaries: int, transfer: int) -> Space | None:
    """The space of H.273's numbers; None for sRGB and for what a browser does not know either."""
    points = PRIMARIES.get(primaries)
    if points is None or (points == BT709 and transfer == SRGB):
        return None
    if transfer in (PQ, HLG):
        return Space(points, pq if transfer == PQ else hlg, high_range=True, scene=transfer == HLG)
    curves: dict[int, Callable[[Floats], Floats]] = {LINEAR: lambda value: value, SRGB: srgb}
    curves |= dict.fromkeys(TV, tv)
    return Space(points, curves[transfer]) if transfer in curves else None


def _cicp(data: bytes) -> tuple[int, int] | None:
    """Primaries and transfer of a PNG's cICP chunk (PNG third edition, 11.3.2.6)."""
    for kind, body in _chunks(data):
        if kind == b"cICP" and len(body) == 4 and body[2] == 0:
            return body[0], body[1]
    return None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return
    at = 8
    for _ in range(CHUNKS):
        if at + 8 > len(data):
            return
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            return
        yield kind, data[at + 8 : at + 8 + min(size, 64)]
        at += 12 + size


def _nclx(data: bytes) -> tuple[int, int] | None:
    """Primaries and transfer of an AVIF's or HEIC's colr box (ISO/IEC 14496-12, 12.1.5)."""
    at = data.find(b"colrnclx", 0, HEAD) if data[4:8] == b"ftyp" else -1
    if at < 0 or at + 12 > len(data):
        return None
    primaries, transfer = struct.unpack(">HH", data[at + 8 : at + 12])
    # Cameras and encoders write the TV curve and mean what a screen shows.
    return primaries, SRGB if transfer in TV else transfer
