"""Makes a voice as long as a test needs it, out of the one that all tests share."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

RATE = 16000


def write_voice(path: Path) -> Path:
    """One second of a hum that swells twice."""
    time = np.arange(RATE) / RATE
    hum = sum(np.sin(2 * np.pi * 140 * part * time) / part for part in range(1, 6))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((8000 * hum * np.abs(np.sin(2 * np.pi * time))).astype("<i2").tobytes())
    return path


def voice_of(source: Path, seconds: float, target: Path) -> Path:
    """A WAV file of this length: the source from its start, again and again."""
    with wave.open(str(source)) as given, wave.open(str(target), "wb") as made:
        made.setparams(given.getparams())
        samples, size = given.readframes(given.getnframes()), given.getsampwidth() * given.getnchannels()
        wanted = round(seconds * given.getframerate()) * size
        made.writeframes((samples * (wanted // len(samples) + 1))[:wanted])
    return target
