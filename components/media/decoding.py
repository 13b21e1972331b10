"""Decodes the sound of any file with PyAV, up to a cap. It knows no words for a person, no limit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction

from av import AudioFrame, AudioResampler, Packet
from av.audio.stream import AudioStream
from av.container import InputContainer

from components.media.container import READ_ERRORS, Unreadable, open_media

TOP_RATE = 44_100
LOW_RATE = 8_000
PADDING = Fraction(1, 20)  # a little more than one AAC packet


class NoSound(Unreadable):
    """The file is media, but has no audio track (or one in a codec that nobody here can read)."""


@dataclass
class Sound:
    """Decoded 16-bit mono samples, and what the file said and turned out to be."""

    container: str
    codec: str
    source_rate: int
    source_channels: int
    rate: int
    samples: bytearray = field(default_factory=bytearray)
    seconds: Fraction = Fraction(0)
    good: int = 0
    bad: int = 0
    reached_cap: bool = False

    @property
    def mostly_damaged(self) -> bool:
        """More than one packet in five is lost: what is left is no longer what the person recorded."""
        return self.bad * 4 > self.good

    def take(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            # The plane is padded for alignment; mono s16 is two bytes a sample.
            self.samples += memoryview(frame.planes[0])[: frame.samples * 2]


class Mixer:
    """Turns frames of any shape into one; a stream may change its shape on the way."""

    def __init__(self, rate: int, layout: str = "mono", kind: str = "s16") -> None:
        self._rate, self._layout, self._kind = rate, layout, kind
        self._shape: tuple[str, str, int] | None = None
        self._resampler: AudioResampler | None = None

    def push(self, frame: AudioFrame) -> list[AudioFrame]:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        out: list[AudioFrame] = []
        if shape != self._shape or self._resampler is None:
            out = self.flush()
            self._shape = shape
            self._resampler = AudioResampler(format=self._kind, layout=self._layout, rate=self._rate)
        frame.pts = None  # damaged time stamps must neither insert silence nor stop us
        return out + self._resampler.resample(frame)

    def flush(self) -> list[AudioFrame]:
        resampler, self._resampler = self._resampler, None
        return [] if resampler is None else resampler.resample(None)


def audio_stream(container: InputContainer) -> AudioStream:
    for stream in container.streams.audio:
        # PyAV's types promise a codec; a file with an unknown one has None.
        if getattr(stream, "codec_context", None) is not None and stream.codec_context.sample_rate > 0:
            return stream
    raise NoSound("no audio track")


def packets(
    container: InputContainer, stream: AudioStream, sound: Sound | None = None
) -> Iterator[Packet[AudioStream]]:
    """The packets up to where the file can no longer be taken apart."""
    demuxed = container.demux(stream)
    while True:
        try:
            packet = next(demuxed)
        except StopIteration:
            return
        except READ_ERRORS:
            # Demuxing itself fails on damaged files; what came before may be enough.
            if sound is not None:
                sound.bad += 1
            return
        yield packet


def _frames(container: InputContainer, stream: AudioStream, sound: Sound) -> Iterator[AudioFrame]:
    for packet in packets(container, stream, sound):
        try:
            frames = packet.decode()
        except READ_ERRORS:
            sound.bad += 1
            continue
        sound.good += 1
        yield from frames


def decode_sound(data: bytes, cap: float) -> Sound:
    """All sound of the file, or its first `cap` seconds; raises `NoSound` or `Unreadable`."""
    with open_media(data) as container:
        stream = audio_stream(container)
        codec = stream.codec_context
        rate = min(max(codec.sample_rate, LOW_RATE), TOP_RATE)
        sound = Sound(container.format.name, codec.name, codec.sample_rate, codec.channels, rate)
        mixer = Mixer(rate)
        for frame in _frames(container, stream, sound):
            try:
                mixed = mixer.push(frame)
            except READ_ERRORS:
                sound.bad += 1
                continue
            # Counted before resampling, so that the length is the file's own to the sample.
            sound.seconds += Fraction(frame.samples, frame.sample_rate)
            sound.take(mixed)
            if sound.seconds >= cap:
                sound.reached_cap = True
                break
        with suppress(*READ_ERRORS):
            sound.take(mixer.flush())
        sound.seconds = _without_padding(sound.seconds, stream)
        del sound.samples[math.ceil(min(sound.seconds, Fraction(cap)) * rate) * 2 :]
        return sound


def _without_padding(counted: Fraction, stream: AudioStream) -> Fraction:
    """AAC fills its last packet up; the header tells where the sound ends and is believed about that alone."""
    told = Fraction(stream.duration or 0) * (stream.time_base or 0)
    return told if 0 < counted - told < PADDING else counted


def full_length(data: bytes) -> float:
    """Seconds of sound, counted over the packets without decoding them: headers lie or are missing."""
    with open_media(data) as container:
        stream = audio_stream(container)
        counted = Fraction(0)
        first: Fraction | None = None
        last = Fraction(0)
        for packet in packets(container, stream):
            base = packet.time_base or stream.time_base or Fraction(1, 1000)
            lasts = (packet.duration or 0) * base
            counted += lasts
            if packet.pts is not None:
                first = packet.pts * base if first is None else first
                last = max(last, packet.pts * base + lasts)
        spanned = last - first if first is not None else Fraction(0)
        # Some containers give no duration a packet, only time stamps.
        return float(counted or spanned)
