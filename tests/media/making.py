"""Makes real media files at test time, so that no test depends on a file that somebody once made."""

from __future__ import annotations

import io
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
from PIL import Image

ASSETS = Path(__file__).parents[2] / "assets"

# name -> (container, codec, rate, layout)
SOUNDS = {
    "wav": ("wav", "pcm_s16le", 44_100, "mono"),
    "mp3": ("mp3", "libmp3lame", 44_100, "mono"),
    "m4a": ("ipod", "aac", 44_100, "stereo"),
    "ogg": ("ogg", "libopus", 48_000, "mono"),
    "flac": ("flac", "flac", 48_000, "stereo"),
    "webm": ("webm", "libopus", 48_000, "mono"),
    "float-wav": ("wav", "pcm_f32le", 44_100, "mono"),
    "mulaw-wav": ("wav", "pcm_mulaw", 8_000, "mono"),
    "24-bit-wav": ("wav", "pcm_s24le", 96_000, "stereo"),
    "surround-wav": ("wav", "pcm_s16le", 48_000, "5.1"),
    "mov": ("mov", "aac", 44_100, "mono"),
    "aiff": ("aiff", "pcm_s16be", 44_100, "mono"),
    "caf": ("caf", "pcm_s16le", 44_100, "mono"),
    "mka": ("matroska", "flac", 48_000, "mono"),
}


class Unseekable(io.RawIOBase):
    """Where a browser's recorder writes to: it cannot go back to note the duration."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, chunk: bytes) -> int:
        self.data += chunk
        return len(chunk)


def tone(seconds: float, rate: int, *, level: float = 0.5, lead: float = 0.0) -> np.ndarray:
    """A 440 Hz tone as float samples, silent for its first `lead` seconds."""
    time = np.arange(round(seconds * rate)) / rate
    return np.where(time < lead, 0.0, level * np.sin(2 * np.pi * 440 * time)).astype(np.float32)


def encode(stream: av.AudioStream, container: av.container.OutputContainer, samples: np.ndarray) -> None:
    codec = stream.codec_context
    channels, rate = codec.channels, codec.sample_rate
    size = codec.frame_size or 1024
    resampler = av.AudioResampler(format=codec.format, layout=codec.layout, rate=rate, frame_size=size)
    frame = av.AudioFrame.from_ndarray(np.tile(samples, (channels, 1)), format="fltp", layout=codec.layout.name)
    frame.sample_rate, frame.pts = rate, 0
    for part in [*resampler.resample(frame), *resampler.resample(None)]:
        container.mux(stream.encode(part))
    container.mux(stream.encode(None))


@cache
def make_tone(seconds: float = 1.0, kind: str = "wav", **shape: float) -> bytes:
    """A sound file of exactly that many seconds."""
    name, codec, rate, layout = SOUNDS[kind]
    out = Unseekable() if name == "webm" else io.BytesIO()
    with av.open(out, "w", format=name) as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        container.start_encoding()
        encode(stream, container, tone(seconds, rate, **shape))
    return bytes(out.data) if isinstance(out, Unseekable) else out.getvalue()


@cache
def make_clip(seconds: float = 1.0, kind: str = "mp4", *, sound: bool = True, size: str = "160x120") -> bytes:
    """A clip at 25 frames a second that fades from black to white, with a tone."""
    codec, rate, audio = ("libvpx", 48_000, "libopus") if kind == "webm" else ("libx264", 44_100, "aac")
    width, height = (int(side) for side in size.split("x"))
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as container:
        video = container.add_stream(codec, rate=25, width=width, height=height, pix_fmt="yuv420p")
        voice = container.add_stream(audio, rate=rate, layout="mono") if sound else None
        container.start_encoding()
        count = round(seconds * 25)
        for index in range(count):
            grey = np.full((height, width, 3), round(255 * index / count), np.uint8)
            frame = av.VideoFrame.from_ndarray(grey, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, 25)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if voice is not None:
            encode(voice, container, tone(seconds, rate))
    return out.getvalue()


def make_picture(
    size: tuple[int, int] = (320, 400), kind: str = "JPEG", mode: str = "RGB", **how: object
) -> bytes:
    """A picture that is red in its upper half and blue below."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, size[1] // 2, size[0], size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **how)
    return out.getvalue()
