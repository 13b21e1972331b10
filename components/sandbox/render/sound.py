"""What the picture needs to know of a voice: how loud and how bright each frame is. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from components.media.audio import decode

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 44_100
FADE_SECONDS = 0.12
BARS = 96


@dataclass(frozen=True)
class Sound:
    """A voice, cut to the clip's length."""

    samples: NDArray[np.int16]
    """Mono, at RATE."""
    levels: NDArray[np.float64]
    """0 to 1 for each frame: silence to the loudest moments."""
    roundness: NDArray[np.float64]
    """0 to 1 for each frame: wide lips (ee, s) to round ones (oh, oo)."""
    bars: NDArray[np.float64]
    """0 to 1: the outline of the whole clip."""


def read_sound(data: bytes, frames: int, fps: int) -> Sound:
    """Reads a voice; what is longer than the clip is cut with a short fade, what is shorter is padded."""
    segment = decode(data).set_channels(1).set_frame_rate(RATE)
    heard = np.frombuffer(segment.raw_data, np.int16)
    samples = np.zeros(round(frames * RATE / fps), np.int16)
    count = min(len(samples), len(heard))
    samples[:count] = heard[:count]
    fade = min(count, round(FADE_SECONDS * RATE))
    ramp = np.linspace(1.0, 0.0, fade)
    samples[count - fade : count] = (samples[count - fade : count] * ramp).astype(np.int16)
    windows = _windows(samples, frames)
    loudness = np.sqrt(np.mean(windows**2, axis=1))
    return Sound(samples, _levels(loudness), _roundness(windows), _bars(samples))


def silence(frames: int) -> Sound:
    """No voice: a still mouth and no sound at all."""
    still = np.zeros(frames)
    return Sound(np.zeros(0, np.int16), still, still, np.zeros(BARS))


def _windows(samples: NDArray[np.int16], frames: int) -> NDArray[np.float64]:
    """For each frame the 60 ms around its middle: shorter ones flicker with the voice's own pitch."""
    size = round(0.06 * RATE)
    wave = np.pad(samples.astype(np.float64) / 32768, size)
    middles = (np.arange(frames) + 0.5) * len(samples) / frames + size
    return np.stack([wave[round(at) - size // 2 : round(at) - size // 2 + size] for at in middles])


def _levels(loudness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loudness as openings: noise is shut out, the mouth opens at once and closes a little slower."""
    top = float(np.percentile(loudness, 95)) or 1e-9
    wished = np.clip((loudness / top - 0.06) / 0.94, 0, 1) ** 0.75
    levels = np.zeros_like(wished)
    level = 0.0
    for index, wish in enumerate(wished):
        level += (wish - level) * (0.85 if wish > level else 0.6)
        levels[index] = level
    return levels


def _roundness(windows: NDArray[np.float64]) -> NDArray[np.float64]:
    """From the spectrum's centre of gravity: low for oh and oo, high for ee and s."""
    power = np.abs(np.fft.rfft(windows * np.hanning(windows.shape[1]), axis=1)) ** 2
    hertz = np.fft.rfftfreq(windows.shape[1], 1 / RATE)
    speech = (hertz > 150) & (hertz < 5000)
    centre = (power[:, speech] @ hertz[speech]) / (power[:, speech].sum(axis=1) + 1e-12)
    low, high = np.percentile(centre, (15, 85))
    round_lips = np.clip(1 - (centre - low) / max(high - low, 1.0), 0, 1)
    return np.convolve(np.pad(round_lips, 1, mode="edge"), np.full(3, 1 / 3), mode="valid")


def _bars(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    parts = np.array_split(samples.astype(np.float64), BARS)
    loudness = np.array([np.sqrt(np.mean(part**2)) if part.size else 0.0 for part in parts])
    return loudness / (loudness.max() or 1.0)
