"""The bombs by name: who reads each, and the words of its refusal or None where it is read as it should."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.media import gate
from tests.media import bombs
from tests.media.making import make_clip, make_tone


@dataclass(frozen=True)
class Bomb:
    make: Callable[[], bytes]
    read: Callable[[Path], object]
    refusal: str | None = None


@cache
def clip() -> bytes:
    return make_clip(0.4)


def covers(count: int) -> bytes:
    return bombs.covers_mp3(make_tone(0.6, "mp3"), count)


DAMAGED = "it cannot be read as a video|is damaged and cannot be read"
BOMBS = {
    "one cover of 16,000 squared": Bomb(lambda: covers(1), gate.read_voice),
    "ten of them": Bomb(lambda: covers(10), gate.read_voice),
    "a WAV of 1 Hz": Bomb(bombs.slow_wav, gate.read_voice, "no sound in this file"),
    "samples, as a result": Bomb(lambda: bombs.many_samples_mp4(clip()), gate.read_result, DAMAGED),
    "samples, as a voice": Bomb(lambda: bombs.many_samples_mp4(clip()), gate.read_voice, DAMAGED),
    "fragments, as a result": Bomb(lambda: bombs.many_fragments_mp4(clip()), gate.read_result, DAMAGED),
    "fragments, as a voice": Bomb(lambda: bombs.many_fragments_mp4(clip()), gate.read_voice, DAMAGED),
    "samples, in a file as large": Bomb(
        lambda: bombs.padded(bombs.many_samples_mp4(clip()), 80_000_000), gate.read_result, "."
    ),
    "a JPEG of 3,010 scans": Bomb(bombs.scans_jpeg, gate.read_portrait, "3010 passes"),
    "a GIF of 700,000 frames": Bomb(bombs.many_frames_gif, gate.read_portrait),
    "a PNG of 256 megapixels": Bomb(lambda: bombs.plain_png(16_000, 16_000), gate.read_portrait, "40 megapixels"),
    "a PNG of 40 megapixels with alpha": Bomb(
        lambda: bombs.plain_png(8_000, 5_000, alpha=True), gate.read_portrait
    ),
    "a row of 5 million cells": Bomb(bombs.many_cells_xlsx, gate.read_table, "more cells"),
    "5 million rows": Bomb(lambda: bombs.many_cells_xlsx(b"<row/>" * 5_000_000), gate.read_table, "more cells"),
    "8 million other tags": Bomb(
        lambda: bombs.many_cells_xlsx(b"<x/>" * 8_000_000), gate.read_table, "more cells"
    ),
    "9 million empty lines": Bomb(lambda: b"name\n" + b"\n" * 9_000_000, gate.read_table, "200,000 lines"),
}
