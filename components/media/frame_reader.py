"""Reads a video forwards and finds the picture of a time, upright and in one size. It draws nothing."""

from __future__ import annotations

import math
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av import VideoFrame
from av.container import InputContainer
from av.filter import Graph
from av.video.stream import VideoStream

from components.errors import InvalidVideo
from components.media.container import READ_ERRORS
from components.media.video import decoded, measured, open_video, shown_size

# Containers that count in milliseconds round a picture's time up as often as down.
ROUNDING = 0.002
ORDINARY_RATE = Fraction(25)
TURNS = {90: "transpose=cclock", 180: "hflip,vflip", 270: "transpose=clock"}
# FFmpeg's numbers for a matrix, and its scaler's names.
MATRICES = {1: "bt709", 5: "bt601", 6: "bt601", 9: "bt2020", 10: "bt2020"}
FULL_RANGE = 2


class FrameReader:
    """One video. Pictures can be asked for at times that never go back; `close` it at the end."""

    def __init__(self, path: Path) -> None:
        with open_video(path) as (container, stream):
            frames, seconds, overhang = measured(container, stream)
        # Closed by hand and not by `with`: what happens to a caller meanwhile is not this file's fault.
        self._stack = ExitStack()
        container, stream = self._stack.enter_context(open_video(path))
        self._frames = decoded(container, stream)
        self.rate = _rate(stream, frames, seconds)
        self._first = float((stream.start_time or 0) * (stream.time_base or 0))
        self._origin = _origin(container, self._first)
        self._here: VideoFrame | None = None
        self._next = next(self._frames, None)
        if self._next is None:
            self.close()
            raise InvalidVideo("No picture of this video can be decoded.", "Choose another one.")
        self.size = shown_size(self._next, stream)
        self.matrix = "bt601" if matrix_of(self._next) == "bt601" else "bt709"
        # To the end of what a player plays: where the sound is longer, the last picture stands.
        self.seconds = (seconds or frames / float(self.rate)) + overhang + self._first - self._origin
        self._next_time = self._time(self._next)

    def at(self, seconds: float) -> VideoFrame:
        """The picture that stands at this time: the first one before the beginning, the last one after the end."""
        while self._next is not None and (self._here is None or self._next_time <= seconds + ROUNDING):
            self._here, self._next = self._next, next(self._frames, None)
            if self._next is not None:
                self._next_time = self._time(self._next)
        return cast("VideoFrame", self._here)

    def close(self) -> None:
        self._stack.close()

    def _time(self, frame: VideoFrame) -> float:
        if frame.pts is None or frame.time_base is None:
            return self._next_time + 1 / float(self.rate) if self._here else 0.0
        return float(frame.pts * frame.time_base) - self._origin


class FrameConverter:
    """Makes pictures upright and of one size, format and colour matrix, whatever shape they come in."""

    def __init__(self, size: tuple[int, int], matrix: str, pixels: str = "yuv420p") -> None:
        self._size, self._matrix, self._pixels = size, matrix, pixels
        self._shape: tuple[object, ...] = ()
        self._graph: Graph | None = None

    def convert(self, frame: VideoFrame) -> VideoFrame:
        shape = (frame.width, frame.height, frame.format.name, frame.rotation % 360, frame.color_range)
        if self._graph is None or shape != self._shape:
            self._graph, self._shape = self._built(frame), shape
        try:
            self._graph.push(frame)
            return cast("VideoFrame", self._graph.pull())
        except READ_ERRORS as error:
            raise InvalidVideo("A picture of this video cannot be read.", "Choose another one.") from error

    def _built(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        graph.threads = 1
        full = frame.color_range == FULL_RANGE or frame.format.name.startswith("yuvj")
        source = f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/1000"
        colours = f"in_color_matrix={matrix_of(frame)}:in_range={'full' if full else 'limited'}"
        chain = [
            graph.add("buffer", source),
            *(graph.add(*turn.split("=")) for turn in TURNS.get(frame.rotation % 360, "").split(",") if turn),
            graph.add(
                "scale",
                f"{self._size[0]}:{self._size[1]}:{colours}:out_color_matrix={self._matrix}:out_range=limited",
            ),
            graph.add("format", self._pixels),
            graph.add("buffersink"),
        ]
        graph.link_nodes(*chain).configure()
        return graph


def matrix_of(frame: VideoFrame) -> str:
    """The matrix of its colours; where none is given, the one that players take for that size."""
    large = frame.width > 1024 or frame.height > 576
    return MATRICES.get(int(frame.colorspace), "bt709" if large else "bt601")


def even(length: float) -> int:
    """The nearest even number from 2 on: chroma has half of the pixels."""
    return max(2, 2 * round(length / 2))


def fitted(size: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """The largest even size of the same shape that the room holds."""
    scale = min(room[0] / size[0], room[1] / size[1])
    return min(even(size[0] * scale), room[0]), min(even(size[1] * scale), room[1])


def _rate(stream: VideoStream, frames: int, seconds: float) -> Fraction:
    declared = stream.average_rate or (Fraction(frames / seconds) if seconds else ORDINARY_RATE)
    rate = Fraction(declared).limit_denominator(1001)
    return rate if 1 <= rate <= 1000 else ORDINARY_RATE


def _origin(container: InputContainer, first: float) -> float:
    """Where players begin to count: at the track that begins first."""
    declared = container.start_time
    start = first if declared is None else declared / av.time_base
    # A picture that begins much later than the file says is damage rather than intent.
    return start if math.isfinite(start) and 0 <= first - start <= 10 else first
