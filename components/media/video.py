"""Tells the facts of a video and takes its poster. It knows no provider and no storage."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from av import Packet, VideoFrame
from av.container import InputContainer
from av.video.stream import VideoStream
from PIL import Image

from components.errors import InvalidVideo
from components.media.container import READ_ERRORS, Unreadable, open_media
from components.media.decoding import audio_streams
from components.media.kinds import seems

MAX_PIXELS = 36_000_000  # 8K has 33 million
FORWARD_SECONDS = 60.0
POSTER_AT = 1 / 3
OVERHANG = 0.1
"""Seconds: encoders fill the last packet of sound up; what is less is no sound that outlasts the picture."""

_NOT_VIDEO_BRANDS = ("heic", "heix", "hevc", "mif1", "msf1", "avif", "avis", "M4A ", "M4B ")
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"pnot")
_HINT = "Download or export it again, for example as MP4."


@dataclass(frozen=True)
class VideoFacts:
    """What a video is, counted and not believed from its header; size and length are those that a player shows."""

    width: int
    height: int
    seconds: float
    fps: float
    frames: int
    has_audio: bool
    codec: str
    container: str


def probe(path: Path) -> VideoFacts:
    """Count the frames, decode the first one; raises `InvalidVideo` when that cannot be done."""
    with open_video(path) as (container, stream):
        frames, seconds, overhang = measured(container, stream)
        fps = float(stream.average_rate or 0) or (frames / seconds if seconds else 0.0)
        codec, kind, has_audio = stream.codec_context.name, _kind(container), bool(container.streams.audio)
    with open_video(path) as (container, stream):
        first = next(decoded(container, stream), None)
        if first is None or not frames:
            raise InvalidVideo("No picture of this video can be decoded.", _HINT)
        width, height = shown_size(first, stream)
    seconds = (seconds or (frames / fps if fps else 0.0)) + overhang
    return VideoFacts(width, height, seconds, fps, frames, has_audio, codec, kind)


def poster(path: Path, width: int = 640) -> bytes:
    """A JPEG of the picture near a third of the clip, at most `width` pixels wide."""
    with open_video(path) as (container, stream):
        _, seconds = counted(container, stream)
    with open_video(path) as (container, stream):
        target = seconds * POSTER_AT
        start = float((stream.start_time or 0) * (stream.time_base or 0))
        if seconds >= FORWARD_SECONDS:
            # Short clips are decoded forward: they often have one keyframe, where all seeking ends.
            container.seek(int((start + target) * 1_000_000))
        chosen = _first_from(decoded(container, stream), start + target, seeking=seconds >= FORWARD_SECONDS)
        image, size = _upright(chosen), shown_size(chosen, stream)
    if size[0] > width:
        size = width, max(1, round(size[1] * width / size[0]))
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86)
    return out.getvalue()


def shown_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Width and height as a player shows them: pixels may be oblong, phones film on their side."""
    shape = stream.sample_aspect_ratio
    ratio = float(shape) if shape and 0.1 < shape < 10 else 1.0
    width, height = max(1, round(frame.width * ratio)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def sniff(head: bytes) -> str | None:
    """The media type of a video by its first 16 or more bytes, or None when it is none that browsers play."""
    if head[4:8] == b"ftyp":
        brand = head[8:12].decode("latin-1")
        if brand in _NOT_VIDEO_BRANDS:
            return None
        return "video/quicktime" if brand == "qt  " else "video/mp4"
    if head[4:8] in _OLD_QUICKTIME:
        return "video/quicktime"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return None if b"matroska" in head[:64] else "video/webm"
    return None


@contextmanager
def open_video(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """The container and its picture track; all that can be wrong with them becomes `InvalidVideo`."""
    try:
        with open_media(path) as container:
            stream = _video_stream(container)
            # Decoded by one thread: closing in the middle of a threaded decode can deadlock on PyAV's log lock.
            yield container, stream
    except Unreadable as error:
        words = seems(_head(path))
        sentence = f"This seems to be {words}; it cannot be read as a video." if words else "This is not a video."
        raise InvalidVideo(sentence, _HINT) from error
    except READ_ERRORS as error:
        raise InvalidVideo("This video is damaged and cannot be decoded.", _HINT) from error


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except OSError:
        return b""


def _video_stream(container: InputContainer) -> VideoStream:
    for stream in container.streams.video:
        # A song's cover is a video stream too; an unknown codec has no context.
        if getattr(stream, "codec_context", None) is None or "attached_pic" in str(stream.disposition):
            continue
        if stream.codec_context.width * stream.codec_context.height > MAX_PIXELS:
            raise InvalidVideo("This video is larger than 8K.", "Export it in a smaller resolution.")
        return stream
    raise InvalidVideo("There is no picture in this file that we can read.", _HINT)


class _Span:
    """From a track's first moment to its last, and its packets."""

    def __init__(self, base: Fraction) -> None:
        self._base, self._last = base, Fraction(0)
        self._first: int | None = None
        self.packets = 0

    def add(self, packet: Packet[Any]) -> None:
        if not packet.size or packet.is_discard:
            return
        self.packets += 1
        if packet.pts is not None:
            self._first = packet.pts if self._first is None else min(self._first, packet.pts)
            self._last = max(self._last, Fraction(packet.pts + (packet.duration or 0)))

    @property
    def seconds(self) -> float:
        return float((self._last - (self._first or 0)) * self._base)

    @property
    def end(self) -> float:
        return float(self._last * self._base)


def counted(container: InputContainer, stream: VideoStream) -> tuple[int, float]:
    """Frames and seconds over the packets, without decoding: a header's figures can be missing or wrong."""
    seen = _Span(stream.time_base or Fraction(1, 1000))
    for packet in container.demux(stream):
        seen.add(packet)
    return seen.packets, seen.seconds


def measured(container: InputContainer, stream: VideoStream) -> tuple[int, float, float]:
    """Frames and seconds of the picture, and the seconds by which the sound outlasts it: a player plays on."""
    seen, heard = _Span(stream.time_base or Fraction(1, 1000)), None
    tracks: list[Any] = [stream, *audio_streams(container)[:1]]
    if len(tracks) > 1:
        heard = _Span(tracks[1].time_base or Fraction(1, 1000))
    for packet in container.demux(tracks):
        if packet.stream.index == stream.index:
            seen.add(packet)
        elif heard is not None:
            heard.add(packet)
    longer = heard.end - seen.end if heard is not None and heard.packets else 0.0
    return seen.packets, seen.seconds, longer if longer > OVERHANG else 0.0


def decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """The frames up to the first thing that cannot be decoded."""
    frames = container.decode(stream)
    while True:
        try:
            frame = next(frames, None)
        except READ_ERRORS:
            return
        if frame is None:
            return
        yield frame


def _first_from(frames: Iterator[VideoFrame], target: float, *, seeking: bool) -> VideoFrame:
    chosen: VideoFrame | None = None
    for frame in frames:
        chosen = frame
        if seeking or frame.time is None or frame.time >= target:
            break
    if chosen is None:
        raise InvalidVideo("No picture of this video can be decoded.", _HINT)
    return chosen


def _upright(frame: VideoFrame) -> Image.Image:
    image = Image.fromarray(frame.to_ndarray(format="rgb24"))
    return image.rotate(frame.rotation, expand=True) if frame.rotation else image


def _kind(container: InputContainer) -> str:
    names = container.format.name.split(",")
    if "mp4" in names:
        return "mov" if container.metadata.get("major_brand", "").strip() == "qt" else "mp4"
    return "webm" if "webm" in names else names[0]
