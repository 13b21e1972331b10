"""Makes a voice as long as a test needs it, out of the one that all tests share."""

from __future__ import annotations

import wave
from pathlib import Path


def voice_of(source: Path, seconds: float, target: Path) -> Path:
    """A WAV file of this length: the source from its start, again and again."""
    with wave.open(str(source)) as given, wave.open(str(target), "wb") as made:
        made.setparams(given.getparams())
        samples, size = given.readframes(given.getnframes()), given.getsampwidth() * given.getnchannels()
        wanted = round(seconds * given.getframerate()) * size
        made.writeframes((samples * (wanted // len(samples) + 1))[:wanted])
    return target
