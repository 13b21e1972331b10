"""Writes frames and a sound into an MP4 that plays everywhere. Knows no picture and no task."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from components.sandbox.draw import yuv420p
from components.sandbox.sound import RATE

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream

    from components.sandbox.draw import Pixels
    from components.sandbox.sound import Sound

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


def write_clip(path: Path, size: tuple[int, int], fps: int, frames: Iterable[Pixels], sound: Sound) -> None:
    """Encodes to a draft beside `path` and moves it there when it is whole."""
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    os.close(handle)
    try:
        with av.open(draft, "w", format="mp4", options={"movflags": "+faststart"}) as container:
            container.metadata["comment"] = COMMENT
            video = _video_stream(container, size, fps)
            if sound.samples.size:
                audio = container.add_stream("aac", rate=RATE, layout="mono")
                audio.bit_rate = 96_000
                _mux_sound(container, audio, sound)
            _mux_frames(container, video, frames)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _video_stream(container: OutputContainer, size: tuple[int, int], fps: int) -> VideoStream:
    stream = container.add_stream("libx264", rate=fps, options=X264)
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
