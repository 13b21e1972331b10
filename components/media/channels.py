"""Weighs a sound's channels: where mixing them would cancel the voice, one of them has to speak alone.

A cable plugged in wrongly, or a microphone's balanced output recorded as stereo, gives a left channel that is the
right one turned upside down: in the mix there is nothing left.
"""

from __future__ import annotations

import numpy as np
from av import AudioFrame
from numpy.typing import NDArray

CANCELLED = 20.0
"""How many times weaker than its loudest channel a mix is (13 dB) where channels cancelled each other. A voice in
one channel of two loses 6 dB by mixing, one in the centre of 5.1 about 11 dB."""
FULL = {"u1": 128.0, "i2": 32768.0, "i4": 2147483648.0, "i8": 9223372036854775808.0}
Samples = NDArray[np.float32]


class Channels:
    """Adds up the power of each channel over the frames of one track."""

    def __init__(self) -> None:
        self._power: NDArray[np.float64] | None = None
        self._count = 0

    def add(self, frame: AudioFrame) -> None:
        if frame.layout.nb_channels < 2:
            return
        samples = _samples(frame)
        power = np.square(samples, dtype=np.float64).sum(axis=1)
        if not np.isfinite(power).all():
            return
        if self._power is None or self._power.shape != power.shape:
            self._power, self._count = power, samples.shape[1]
        else:
            self._power, self._count = self._power + power, self._count + samples.shape[1]

    def alone(self, mix: bytes | bytearray) -> int | None:
        """The channel that must speak alone; None where the 16-bit mix of all is good."""
        if self._power is None or not self._count or not mix:
            return None
        heard = np.frombuffer(mix, np.int16).astype(np.float64) / 32768
        loudest = int(np.argmax(self._power))
        return loudest if float(np.mean(heard**2)) * CANCELLED < self._power[loudest] / self._count else None


def one_channel(frame: AudioFrame, number: int) -> AudioFrame:
    """One channel of a frame, as a mono frame; of a frame that has fewer, its last."""
    samples = _samples(frame)
    row = np.ascontiguousarray(samples[min(number, len(samples) - 1)][None])
    alone = AudioFrame.from_ndarray(row, format="fltp", layout="mono")
    alone.sample_rate = frame.sample_rate
    return alone


def _samples(frame: AudioFrame) -> Samples:
    """A row a channel, full scale is 1."""
    found = frame.to_ndarray()
    if not frame.format.is_planar:
        found = found.reshape(-1, frame.layout.nb_channels).T
    kind = found.dtype.str[1:]
    if kind == "u1":
        found = found.astype(np.float32) - 128
    return (found / FULL.get(kind, 1.0)).astype(np.float32)
