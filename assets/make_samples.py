"""Makes the pictures and the voice in this folder again; it is run by hand and the studio never imports it.

    python assets/make_samples.py

Drawn by hand and only read here: portrait.svg, logo.svg. Made here: sample-portrait.jpg, sample-voice.mp3,
icon.png, wordmark-dark.svg, wordmark-light.svg. Needs the programs espeak-ng and rsvg-convert, which users do not.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import av
from av.filter import Graph
from PIL import Image

HERE = Path(__file__).parent
LINE = (
    "Hello, and welcome to Screentest! Give me a face, a voice, and a line of direction. "
    "Then sit back, and watch me speak."
)
RATE = 44_100
# Warmer, with the hiss of the synthesis taken off, a small room around it, and as loud as a podcast.
SOUND = (
    ("aresample", str(RATE)),
    ("highpass", "f=70"),
    ("equalizer", "f=220:t=q:w=1:g=2.5"),
    ("equalizer", "f=3400:t=q:w=1.2:g=-3"),
    ("treble", "f=6500:g=-5"),
    ("aecho", "0.9:0.9:19|31|47:0.10|0.07|0.04"),
    ("loudnorm", "I=-16:TP=-1.5:LRA=7"),
    ("aresample", str(RATE)),
    ("aformat", "sample_fmts=fltp:channel_layouts=mono"),
    ("afade", "t=in:d=0.03"),
)
INK = {"dark": "#eceef2", "light": "#1c1e22"}
ACCENT = {"dark": "#f2b84b", "light": "#8a5200"}


def run(program: str, *arguments: str) -> bytes:
    path = shutil.which(program)
    if path is None:
        raise SystemExit(f"{program} is needed to make the samples; install it and run this again.")
    return subprocess.run([path, *arguments], check=True, capture_output=True).stdout  # noqa: S603


def make_portrait() -> None:
    png = run("rsvg-convert", "--width=1024", str(HERE / "portrait.svg"))
    with Image.open(io.BytesIO(png)) as drawn:
        drawn.convert("RGB").save(HERE / "sample-portrait.jpg", quality=92, subsampling=0, optimize=True)


def make_icon() -> None:
    (HERE / "icon.png").write_bytes(run("rsvg-convert", "--width=128", str(HERE / "logo.svg")))


def make_voice() -> None:
    spoken = run("espeak-ng", "-v", "en-us+f3", "-s", "152", "-p", "42", "-g", "3", "--stdout", LINE)
    graph = Graph()
    with (
        av.open(io.BytesIO(spoken)) as source,
        av.open(str(HERE / "sample-voice.mp3"), "w", format="mp3") as target,
    ):
        stream = target.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=96_000)
        chain = [graph.add_abuffer(template=source.streams.audio[0])]
        chain += [graph.add(name, setting) for name, setting in SOUND]
        chain += [graph.add("asetnsamples", "n=1152:p=1"), graph.add("abuffersink")]
        graph.link_nodes(*chain).configure()
        for frame in source.decode(audio=0):
            graph.push(frame)
        graph.push(None)
        while True:
            try:
                target.mux(stream.encode(graph.pull()))
            except (av.error.EOFError, av.error.BlockingIOError):
                break
        target.mux(stream.encode(None))


def make_wordmark(theme: str) -> None:
    """The word as outlines: rsvg-convert turns text into shapes, so that nobody needs the font."""
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 244 48" width="244" height="48">'
        '<text x="2" y="35" font-family="DejaVu Sans" font-weight="bold" font-size="34" letter-spacing="-0.6">'
        f'<tspan fill="{INK[theme]}">Screen</tspan><tspan fill="{ACCENT[theme]}">test</tspan></text></svg>'
    )
    source = HERE / f"wordmark-{theme}.svg"
    source.write_text(text)
    shapes = run("rsvg-convert", "--format=svg", str(source)).decode()
    source.write_text(re.sub(r"(\d+\.\d{3})\d+", r"\1", shapes))


if __name__ == "__main__":
    make_portrait()
    make_icon()
    make_voice()
    for theme in INK:
        make_wordmark(theme)
    for made in sorted(HERE.iterdir()):
        print(f"{made.stat().st_size:>9,}  {made.name}")
