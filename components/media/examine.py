"""Measures what can honestly be measured of a video: loudness, black and frozen pictures, lengths. No opinion."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from av import Packet, VideoFrame
from av.container import InputContainer
from numpy.typing import NDArray

from components.errors import InvalidVideo
from components.media.container import READ_ERRORS
from components.media.decoding import NoSound, audio_stream
from components.media.frame_reader import FULL_RANGE
from components.media.loudness import Loudness
from components.media.video import open_video

CAP_SECONDS = 120.0
BLACK_LUMA, FROZEN_DIFFERENCE = 12.0, 0.05

Luma = NDArray[np.float32]


def examine(path: Path) -> dict[str, Any]:
    """Facts of a video that JSON can hold, in one pass that decodes its first two minutes.

    `lufs`, `true_peak_db`: EBU R 128 loudness and true peak; None without sound and for silence.
    `black_frames`: pictures with a mean luma below 12 of 255. `frozen_frames`: pictures that differ from the one
    before by less than 0.05 of 255 on average. Both are counts among `frames_looked_at`.
    `video_seconds`, `audio_seconds` (None without sound), `bitrate` (bits a second, of the file).

    Raises:
        InvalidVideo: it cannot be decoded.
    """
    with open_video(path) as (container, stream):
        voice = _voice(container)
        pictures, loudness = _Pictures(), Loudness()
        seen, heard = _Span(), _Span()
        for packet in container.demux([track for track in (stream, voice) if track is not None]):
            span = seen if packet.stream.type == "video" else heard
            span.add(packet)
            if span.seconds <= CAP_SECONDS:
                _look(packet, pictures, loudness)
    if not pictures.count:
        raise InvalidVideo("No picture of this video can be decoded.", "Download or export it again.")
    seconds = seen.seconds
    return {
        "lufs": loudness.lufs,
        "true_peak_db": loudness.true_peak_db,
        "black_frames": pictures.black,
        "frozen_frames": pictures.frozen,
        "frames_looked_at": pictures.count,
        "bitrate": round(path.stat().st_size * 8 / seconds) if seconds else None,
        "audio_seconds": round(heard.seconds, 3) if voice is not None else None,
        "video_seconds": round(seconds, 3),
    }


class _Pictures:
    """Counts black and frozen pictures; of two pictures only every fourth point is kept and compared."""

    def __init__(self) -> None:
        self.count = self.black = self.frozen = 0
        self._before: Luma | None = None

    def add(self, frame: VideoFrame) -> None:
        luma = _luma(frame)
        self.count += 1
        self.black += bool(luma.mean() < BLACK_LUMA)
        if self._before is not None and self._before.shape == luma.shape:
            self.frozen += bool(np.abs(luma - self._before).mean() < FROZEN_DIFFERENCE)
        self._before = luma


class _Span:
    """From a track's first moment to its last, over the packets: headers can be wrong."""

    def __init__(self) -> None:
        self._first: float | None = None
        self._last = 0.0

    def add(self, packet: Packet[Any]) -> None:
        if not packet.size or packet.pts is None or packet.time_base is None:
            return
        begins = float(packet.pts * packet.time_base)
        self._first = begins if self._first is None else min(self._first, begins)
        self._last = max(self._last, begins + float((packet.duration or 0) * packet.time_base))

    @property
    def seconds(self) -> float:
        return 0.0 if self._first is None else self._last - self._first


def _voice(container: InputContainer) -> Any:
    try:
        return audio_stream(container)
    except NoSound:
        return None


def _look(packet: Packet[Any], pictures: _Pictures, loudness: Loudness) -> None:
    with suppress(*READ_ERRORS):  # what is damaged is not counted
        for frame in packet.decode():
            if isinstance(frame, VideoFrame):
                pictures.add(frame)
            else:
                loudness.add(frame)


def _luma(frame: VideoFrame) -> Luma:
    """Brightness from 0 to 255, every second point of every second row."""
    if not frame.format.name.startswith(("yuv420p", "yuvj420p", "nv12")) or frame.format.name.endswith("le"):
        return np.asarray(frame.to_ndarray(format="gray")[::2, ::2], np.float32)
    plane = frame.planes[0]
    flat: Any = plane
    rows = np.frombuffer(flat, np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]
    luma = rows[::2, ::2].astype(np.float32)
    if frame.color_range == FULL_RANGE or frame.format.name.startswith("yuvj"):
        return luma
    return np.maximum(luma - 16, 0) * np.float32(255 / 219)
