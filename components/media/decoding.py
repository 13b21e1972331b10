"""Decodes the sound of any file with PyAV, up to a cap: its first audible track, on the file's own clock.

It knows no words for a person and no limit of a model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from av import AudioFrame, AudioResampler, Packet
from av.audio.stream import AudioStream
from av.container import InputContainer

from components.media.channels import Channels, one_channel
from components.media.container import READ_ERRORS, Unreadable, open_media

TOP_RATE = 44_100
LOW_RATE = 8_000
LEAST_RATE, MOST_RATE = 1_000, 768_000
"""Samples a second that sound can have. One second of one sample would become many that nobody recorded."""
PADDING = Fraction(1, 20)  # a little more than one AAC packet
LEAST_GAP = Fraction(1, 20)
"""Below it a jump of the time stamps is rounding, or one lost packet."""
MOST_TRACKS = 8
SILENT_DBFS = -60.0
SILENT_PEAK = 32768 * 10 ** (SILENT_DBFS / 20)


class NoSound(Unreadable):
    """The file is media, but has no audio track (or one in a codec that nobody here can read)."""


@dataclass
class Sound:
    """Decoded 16-bit mono samples, and what the file said and turned out to be.

    `declared` is the length in seconds that its header claims; `repaired` that another reader would hear it
    otherwise: it takes the first track, silent or not, or mixes channels that cancel each other.
    """

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
    declared: float | None = None
    repaired: bool = False

    @property
    def mostly_damaged(self) -> bool:
        """More than one packet in five is lost: what is left is no longer what the person recorded."""
        return self.bad * 4 > self.good

    @property
    def audible(self) -> bool:
        heard = np.frombuffer(self.samples, np.int16)
        return bool(heard.size) and max(int(heard.max()), -int(heard.min())) >= SILENT_PEAK

    def wait(self, gap: Fraction, cap: float) -> None:
        """Silence where the file's clock goes on without sound, at most up to the cap."""
        gap = min(gap, Fraction(cap))
        self.seconds += gap
        self.samples += bytes(2 * round(gap * self.rate))

    def append(self, frames: list[AudioFrame]) -> None:
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


def audio_streams(container: InputContainer) -> list[AudioStream]:
    """The tracks of sound in a codec that we can read, in the file's order."""
    # PyAV's types promise a codec; a file with an unknown one has None.
    return [
        stream
        for stream in container.streams.audio
        if getattr(stream, "codec_context", None) is not None and _audible(stream.codec_context.sample_rate)
    ]


def audio_stream(container: InputContainer) -> AudioStream:
    """The first track of sound, which is the one that players play."""
    for stream in audio_streams(container):
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
        for frame in frames:
            # A frame may say something else than its container.
            if _audible(frame.sample_rate):
                yield frame
            else:
                sound.bad += 1


def _audible(rate: int) -> bool:
    return LEAST_RATE <= rate <= MOST_RATE


def timed(frames: Iterable[AudioFrame]) -> Iterator[tuple[AudioFrame, Fraction]]:
    """Each frame with the silence before it, by the file's clock.

    Damaged time stamps must neither insert silence nor stop us: a jump that the next frame takes back is none, and
    one back in time is ignored.
    """
    ended: Fraction | None = None
    for frame, after in _with_next(frames):
        begins, lasts = _begins(frame), Fraction(frame.samples, frame.sample_rate)
        gap = Fraction(0)
        if begins is not None and ended is not None and begins - ended > LEAST_GAP:
            then = _begins(after) if after is not None else None
            gap = begins - ended if then is None or then >= begins else gap
        if ended is not None:
            ended += gap + lasts
        elif begins is not None:
            ended = begins + lasts
        if begins is not None and ended is not None and abs(begins + lasts - ended) < LEAST_GAP:
            ended = begins + lasts  # small steps do not add up
        yield frame, gap


def _with_next(frames: Iterable[AudioFrame]) -> Iterator[tuple[AudioFrame, AudioFrame | None]]:
    held: AudioFrame | None = None
    for frame in frames:
        if held is not None:
            yield held, frame
        held = frame
    if held is not None:
        yield held, None


def _begins(frame: AudioFrame) -> Fraction | None:
    return None if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base


def decode_sound(data: bytes, cap: float) -> Sound:
    """All sound of the file's first audible track, or its first `cap` seconds; raises `NoSound` or `Unreadable`.

    Where all channels together cancel each other, the loudest one speaks for them. Where no track is audible, the
    first one is returned.
    """
    first: Sound | None = None
    for number in range(MOST_TRACKS):
        channels = Channels()
        sound = _track(data, cap, number, channels)
        if sound is None:
            break
        alone = channels.alone(sound.samples)
        if alone is not None:
            sound = _track(data, cap, number, channels, alone) or sound
        if sound.audible:
            sound.repaired = number > 0 or alone is not None
            return sound
        first = first or sound
    if first is None:
        raise NoSound("no audio track")
    return first


def _track(data: bytes, cap: float, number: int, channels: Channels, alone: int | None = None) -> Sound | None:
    """The sound of one track, or of one channel of it; None where there are not so many tracks."""
    with open_media(data) as container:
        streams = audio_streams(container)
        if number >= len(streams):
            return None
        stream = streams[number]
        codec = stream.codec_context
        rate = min(max(codec.sample_rate, LOW_RATE), TOP_RATE)
        sound = Sound(container.format.name, codec.name, codec.sample_rate, codec.channels, rate)
        sound.declared = _declared(container, stream)
        _fill(sound, timed(_frames(container, stream, sound)), cap, channels, alone)
        sound.seconds = _without_padding(sound.seconds, stream)
        del sound.samples[math.ceil(min(sound.seconds, Fraction(cap)) * rate) * 2 :]
        return sound


def _fill(
    sound: Sound,
    frames: Iterator[tuple[AudioFrame, Fraction]],
    cap: float,
    channels: Channels,
    alone: int | None,
) -> None:
    mixer = Mixer(sound.rate)
    for frame, gap in frames:
        try:
            if gap:
                sound.append(mixer.flush())
                sound.wait(gap, cap)
            if alone is None:
                channels.add(frame)
            mixed = mixer.push(frame if alone is None else one_channel(frame, alone))
        except READ_ERRORS:
            sound.bad += 1
            continue
        # Counted before resampling, so that the length is the file's own to the sample.
        sound.seconds += Fraction(frame.samples, frame.sample_rate)
        sound.append(mixed)
        if sound.seconds >= cap:
            sound.reached_cap = True
            break
    with suppress(*READ_ERRORS):
        sound.append(mixer.flush())


def _declared(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1_000_000 if container.duration else None


def _without_padding(counted: Fraction, stream: AudioStream) -> Fraction:
    """AAC fills its last packet up; the header says where the sound ends and is believed about that alone."""
    declared = Fraction(stream.duration or 0) * (stream.time_base or 0)
    return declared if 0 < counted - declared < PADDING else counted


def declared_length(data: bytes) -> float | None:
    """Seconds of sound that the header claims."""
    with open_media(data) as container:
        return _declared(container, audio_stream(container))


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
