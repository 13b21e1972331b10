"""The export's time against the ffmpeg program that does the same composition, run in turn."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from components.media.compose import Cell, Plan, compose
from components.media.compose.film import AUDIO_BITS, KEYFRAME_SECONDS, X264
from components.media.compose.labels import lettered
from components.media.compose.places import Places, in_grid
from components.media.compose.sound import RATE
from components.media.h264 import COLOURS
from components.settings import ROOT
from tests.bench.rows import ratios, row

SECONDS, FPS, SIZE = 10, 25, (1280, 720)
PORTRAIT = ROOT / "assets" / "sample-portrait.jpg"
PAIRS = 5


def rows(folder: Path) -> Iterator[str]:
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        yield "no ffmpeg on this machine: put one on the PATH, or install imageio-ffmpeg from PyPI"
    else:
        yield row("export of a 2 x 2 grid / the ffmpeg program", against(ffmpeg, folder))


def against(ffmpeg: str, folder: Path) -> list[float]:
    """Seconds of ours by seconds of ffmpeg."""
    clips = [make_clip(folder / f"clip-{number}.mp4", number) for number in range(4)]
    cells = tuple(Cell(clip, f"Model {number}", f"seed {number}") for number, clip in enumerate(clips))
    places, _ = lettered(cells, lambda strip: in_grid([SIZE] * 4, strip))
    command = [ffmpeg, *arguments(clips, places), str(folder / "theirs.mp4")]
    plan = Plan(cells, sound=0)

    def ours() -> None:
        assert compose(plan, folder / "ours.mp4", progress=lambda part: None, should_stop=lambda: False)

    def theirs() -> None:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)

    return ratios(ours, theirs, PAIRS)


def find_ffmpeg() -> str | None:
    found = shutil.which("ffmpeg")
    if found is None and importlib.util.find_spec("imageio_ffmpeg"):
        found = importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe()
    return found


def arguments(clips: list[Path], places: Places) -> list[str]:
    """The same cells at the same places, the same encoders; what is not there are the words."""
    (width, height), cell = places.size, places.cells[0]
    scaled = [f"[{n}:v]fps={FPS},scale={cell.width}:{cell.height}[v{n}]" for n in range(len(clips))]
    corners = "|".join(f"{box.x - cell.x}_{box.y - cell.y}" for box in places.cells)
    stacked = "".join(f"[v{n}]" for n in range(len(clips))) + f"xstack=inputs={len(clips)}:layout={corners}"
    graph = ";".join([*scaled, f"{stacked}:fill=black,pad={width}:{height}:{cell.x}:{cell.y},format=yuv420p[v]"])
    inputs = [word for clip in clips for word in ("-i", str(clip))]
    how = [word for name, value in X264.items() for word in (f"-{name}", value)]
    video = ["-c:v", "libx264", *how, "-g", str(KEYFRAME_SECONDS * FPS), "-x264-params", COLOURS["bt709"]]
    audio = ["-map", "0:a", "-c:a", "aac", "-b:a", str(AUDIO_BITS), "-ar", str(RATE), "-ac", "2"]
    log = ["-y", "-v", "error", "-nostats"]
    return [*log, *inputs, "-filter_complex", graph, "-map", "[v]", *video, *audio, "-movflags", "+faststart"]


def make_clip(path: Path, seed: int) -> Path:
    """A portrait that moves under film grain, with a tone: some 3 Mbit/s, as providers' clips have."""
    random = np.random.default_rng(seed)
    grains = [random.normal(0, 6, (SIZE[1], SIZE[0], 1)).astype(np.int16) for _ in range(6)]
    with Image.open(PORTRAIT) as image:
        ground = np.asarray(image.convert("RGB").resize((1440, 1800)), np.int16)
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=FPS, options={"preset": "veryfast"})
        video.bit_rate = 3_000_000
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        audio = out.add_stream("aac", rate=RATE, layout="mono")
        for number in range(SECONDS * FPS):
            moment = number / FPS
            x, y = round(80 + 70 * np.sin(moment + seed)), round(400 + 90 * np.cos(0.7 * moment + seed))
            pixels = np.clip(ground[y : y + SIZE[1], x : x + SIZE[0]] + grains[number % 6], 0, 255)
            frame = av.VideoFrame.from_ndarray(pixels.astype(np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(video.encode(frame))
            out.mux(audio.encode(_tone(number, 300 + 100 * seed)))
        out.mux(video.encode(None))
        out.mux(audio.encode(None))
    return path


def _tone(number: int, hertz: int) -> av.AudioFrame:
    count = RATE // FPS
    wave = 0.2 * np.sin(2 * np.pi * hertz * (np.arange(count) + number * count) / RATE)
    frame = av.AudioFrame.from_ndarray(wave.astype(np.float32)[None], format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, number * count, Fraction(1, RATE)
    return frame
