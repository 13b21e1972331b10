"""Tells the facts of a video and takes its poster. It knows no provider and no storage."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av import VideoFrame
from av.container import InputContainer
from av.video.stream import VideoStream
from PIL import Image

from components.errors import InvalidVideo
from components.media.container import READ_ERRORS, Unreadable, open_media
from components.media.kinds import seems

MAX_PIXELS = 36_000_000  # 8K has 33 million
FORWARD_SECONDS = 60.0
POSTER_AT = 1 / 3

_NOT_VIDEO_BRANDS = ("heic", "heix", "hevc", "mif1", "msf1", "avif", "avis", "M4A ", "M4B ")
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"pnot")
_HINT = "Download or export it again, for example as MP4."


@dataclass(frozen=True)
class VideoFacts:
    """What a video is, counted and not believed from its header."""

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
        frames, seconds = counted(container, stream)
        fps = float(stream.average_rate or 0) or (frames / seconds if seconds else 0.0)
        codec, kind, has_audio = stream.codec_context.name, _kind(container), bool(container.streams.audio)
    with open_video(path) as (container, stream):
        first = next(decoded(container, stream), None)
    if first is None or not frames:
        raise InvalidVideo("No picture of this video can be decoded.", _HINT)
    width, height = (first.height, first.width) if first.rotation % 180 else (first.width, first.height)
    seconds = seconds or (frames / fps if fps else 0.0)
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
        image = _first_from(decoded(container, stream), start + target, seeking=seconds >= FORWARD_SECONDS)
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86)
    return out.getvalue()


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
        told = f"This seems to be {words}; it cannot be read as a video." if words else "This is not a video."
        raise InvalidVideo(told, _HINT) from error
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


def counted(container: InputContainer, stream: VideoStream) -> tuple[int, float]:
    """Frames and seconds over the packets, without decoding: a header's figures can be missing or wrong."""
    frames, first, last = 0, None, Fraction(0)
    base = stream.time_base or Fraction(1, 1000)
    for packet in container.demux(stream):
        if not packet.size or packet.is_discard:
            continue
        frames += 1
        if packet.pts is not None:
            first = packet.pts if first is None else min(first, packet.pts)
            last = max(last, Fraction(packet.pts + (packet.duration or 0)))
    return frames, float((last - (first or 0)) * base)


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


def _first_from(frames: Iterator[VideoFrame], target: float, *, seeking: bool) -> Image.Image:
    chosen: VideoFrame | None = None
    for frame in frames:
        chosen = frame
        if seeking or frame.time is None or frame.time >= target:
            break
    if chosen is None:
        raise InvalidVideo("No picture of this video can be decoded.", _HINT)
    image = Image.fromarray(chosen.to_ndarray(format="rgb24"))
    return image.rotate(chosen.rotation, expand=True) if chosen.rotation else image


def _kind(container: InputContainer) -> str:
    names = container.format.name.split(",")
    if "mp4" in names:
        return "mov" if container.metadata.get("major_brand", "").strip() == "qt" else "mp4"
    return "webm" if "webm" in names else names[0]
