"""Opens an MP4 of ours with an H.264 track whose colours are labelled truly. It knows no picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.video.stream import VideoStream

# Untagged, players would guess by the size, and a small copy of a large video would change its colours.
COLOURS = {
    "bt709": "colorprim=bt709:transfer=bt709:colormatrix=bt709",
    "bt601": "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m",
}


@contextmanager
def mp4(path: Path) -> Iterator[OutputContainer]:
    """A file whose table of contents stands in front, so that it plays while it is fetched."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        yield out


def add_h264(
    out: OutputContainer, size: tuple[int, int], rate: Fraction, matrix: str, options: Mapping[str, str]
) -> VideoStream:
    how = {**options, "x264-params": COLOURS[matrix]}
    stream = out.add_stream("libx264", rate=rate, options=how)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = 1 / rate
    # PyAV's own choice makes x264 cut every picture into slices, which wait for each other.
    stream.codec_context.thread_type = "AUTO"
    return stream
