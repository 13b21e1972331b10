"""Makes clips whose pictures tell their number in black and white columns, and reads the numbers back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from components.media.compose import Plan
from components.media.compose.labels import lettered
from components.media.compose.places import Box, in_grid
from components.media.frame_reader import fitted
from tests.media.making import encode, tone

BITS = 6
RATE = 48_000
Size = tuple[int, int]


def make_film(
    path: Path,
    seconds: float = 1.0,
    *,
    fps: int = 25,
    size: Size = (192, 108),
    lead: float | None = 0.0,
    grey: int | None = None,
    turned: int = 0,
    heard: float | None = None,
    shape: Fraction | None = None,
    coded: tuple[str, str] | None = None,
) -> Path:
    """A clip of numbered pictures (or all of one grey), with a tone after `lead` seconds, or mute with None.

    The sound is as long as the picture, or `heard` seconds; `shape` is that of one pixel;
    `coded` the encoder and its kind of pixels, if not the usual ones.
    """
    codec, voice = ("libvpx", "libopus") if path.suffix == ".webm" else ("libx264", "aac")
    with av.open(str(path), "w") as out:
        encoder, pixels = coded or (codec, "yuv420p")
        video = out.add_stream(encoder, rate=fps, width=size[0], height=size[1], pix_fmt=pixels)
        if encoder == "libx265":
            video.options = {"x265-params": "log-level=none"}
        if turned:
            video.set_display_rotation(turned)
        if shape:
            video.codec_context.sample_aspect_ratio = shape
        audio = out.add_stream(voice, rate=RATE, layout="mono") if lead is not None else None
        out.start_encoding()
        for number in range(round(seconds * fps)):
            pixels = columns(number, size) if grey is None else np.full((size[1], size[0]), grey, np.uint8)
            frame = av.VideoFrame.from_ndarray(np.stack([pixels] * 3, -1), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if audio is not None:
            encode(audio, out, tone(heard or seconds, RATE, lead=lead or 0.0))
    return path


def columns(number: int, size: Size) -> np.ndarray:
    bits = np.array([number >> bit & 1 for bit in range(BITS)], np.uint8) * 255
    return np.tile(np.repeat(bits, size[0] // BITS), (size[1], 1))


def grey_at(path: Path, seconds: float) -> np.ndarray:
    """The picture of a file that stands at that time, as brightness."""
    with av.open(str(path)) as container:
        found = [frame for frame in container.decode(video=0) if frame.time <= seconds + 0.001]
        return found[-1].to_ndarray(format="gray")


def number_in(picture: np.ndarray, box: Box, size: Size) -> int:
    """What the columns of a clip of that size say that stands in a cell."""
    width, height = fitted(size, (box.width, box.height))
    left = box.x + (box.width - width) / 2
    row = picture[box.y + box.height // 2]
    assert height > 0
    return sum((row[int(left + (bit + 0.5) * width / BITS)] > 128) << bit for bit in range(BITS))


def numbers(path: Path, plan: Plan, sizes: list[Size], seconds: float) -> list[int]:
    """Which picture of each video stands in its cell at that time."""
    places, _ = lettered(plan.cells, lambda strip: in_grid(sizes, strip))
    picture = grey_at(path, seconds)
    assert picture.shape == places.size[::-1]
    return [number_in(picture, box, size) for box, size in zip(places.cells, sizes, strict=True)]
