"""Reads the sound of one video along the common clock: silence before it begins and after it ends."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from components.media.compose.plan import Cell
from components.media.container import READ_ERRORS, Unreadable, open_media
from components.media.decoding import Mixer, audio_stream, packets

RATE, LAYOUT = 48_000, "stereo"
BLOCK = RATE // 10
# Time stamps that are off by less are the container's rounding; a real gap is silence.
GAP = 0.1

Samples = NDArray[Any]


def heard(cell: Cell | None, seconds: float) -> Generator[AudioFrame]:
    """Stereo frames of exactly that length; none at all when nothing is to be heard or can be read."""
    if cell is None:
        return
    total, written = round(seconds * RATE), 0
    with closing(_placed(cell)) as pieces:
        for at, samples in pieces:
            if at >= total:
                break
            yield from _silence(written, at)
            written = max(written, at)
            fresh = samples[:, written - at : total - at]
            if fresh.shape[1]:
                yield _frame(fresh, written)
                written += fresh.shape[1]
    if written:
        yield from _silence(written, total)


def _placed(cell: Cell) -> Generator[tuple[int, Samples]]:
    """Decoded samples, and where they stand on the common clock (in samples)."""
    with suppress(Unreadable, *READ_ERRORS), open_media(cell.path) as container:
        stream = audio_stream(container)
        start = float(container.start_time or 0) / av.time_base
        mixer, at, due = Mixer(RATE, LAYOUT, "fltp"), 0, -math.inf
        for frame in _frames(container, stream):
            begins = max(due, 0.0) if frame.time is None else frame.time - start + cell.offset
            if abs(begins - due) > GAP:
                at = round(begins * RATE)
            due = begins + frame.samples / frame.sample_rate
            for part in mixer.push(frame):
                yield at, part.to_ndarray()
                at += part.samples
        for part in mixer.flush():
            yield at, part.to_ndarray()


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    for packet in packets(container, stream):
        try:
            frames = packet.decode()
        except READ_ERRORS:
            continue
        yield from frames


def _silence(begin: int, end: int) -> Iterator[AudioFrame]:
    for at in range(begin, end, BLOCK):
        yield _frame(np.zeros((2, min(BLOCK, end - at)), np.float32), at)


def _frame(samples: Samples, at: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=LAYOUT)
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
    return frame
