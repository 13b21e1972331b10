"""Writes frames and a sound into an MP4, MOV or WebM file. Knows no picture and no task."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np

from components.sandbox.render.draw import yuv420p
from components.sandbox.render.sound import RATE

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream

    from components.sandbox.render.draw import Pixels
    from components.sandbox.render.sound import Sound

COMMENT = "Made by the Screentest sandbox, not by an AI model"
# Measured 2026-11-20 at 720p: veryfast crf 21 costs little more time than ultrafast and a seventh of the bytes.
# The colours are written in BT.601 (as draw.yuv420p makes them); untagged, players would take 720p for BT.709.
COLOURS = "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m"
# Measured 2026-11-20: with AVX-512, x264's macroblock tree makes other bytes of the same frames at every run, even
# with one thread; without, a clip is the same each time. Every x86-64 machine of today has SSE4.2.
STEADY = ":asm=SSE4.2" if platform.machine().lower() in ("x86_64", "amd64") else ""
X264 = {
    "preset": "veryfast",
    "crf": "21",
    "x264-params": COLOURS + STEADY,
}


# Quick rather than small: a clip of the sandbox is looked at once.
VP9 = {"deadline": "realtime", "cpu-used": "8", "crf": "34", "b": "0", "colorspace": "smpte170m"}
OPUS_RATE = 48_000
CODECS = {
    "mp4": ("libx264", X264, "aac", RATE),
    "mov": ("libx264", X264, "aac", RATE),
    "webm": ("libvpx-vp9", VP9, "libopus", OPUS_RATE),
}


def write_clip(
    path: Path, size: tuple[int, int], fps: int, frames: Iterable[Pixels], sound: Sound, kind: str = "mp4"
) -> None:
    """Encodes to a draft beside `path` and moves it there when it is whole; `kind` is one of CODECS."""
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    os.close(handle)
    try:
        options = {} if kind == "webm" else {"movflags": "+faststart"}
        codec, how, voice, rate = CODECS[kind]
        with av.open(draft, "w", format=kind, options=options) as container:
            container.metadata["comment"] = COMMENT
            video = _video_stream(container, size, (codec, fps, how))
            if sound.samples.size:
                audio = cast("AudioStream", container.add_stream(voice, rate=rate, layout="mono"))
                audio.bit_rate = 96_000
                _mux_sound(container, audio, sound)
            _mux_frames(container, video, frames)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _video_stream(
    container: OutputContainer, size: tuple[int, int], codec: tuple[str, int, dict[str, str]]
) -> VideoStream:
    name, fps, how = codec
    stream = cast("VideoStream", container.add_stream(name, rate=fps, options=how))
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = Fraction(1, fps)
    return stream


def _mux_frames(container: OutputContainer, stream: VideoStream, frames: Iterable[Pixels]) -> None:
    for number, pixels in enumerate(frames):
        frame = av.VideoFrame.from_ndarray(yuv420p(pixels), format="yuv420p")
        frame.pts = number
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _mux_sound(container: OutputContainer, stream: AudioStream, sound: Sound) -> None:
    frame = av.AudioFrame.from_ndarray(sound.samples[np.newaxis, :], format="s16", layout="mono")
    frame.sample_rate = RATE
    frame.pts = 0
    container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
