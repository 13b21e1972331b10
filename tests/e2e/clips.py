"""Makes small talking-clip stand-ins whose frames can be told apart, by eye and by machine."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FPS = 25
RATE = 48_000
BITS = 8
CLICK = 0.02


Size = tuple[int, int]


def make_clip(
    path: Path, seconds: float, hue: int, tone: float | None, size: Size = (640, 360), fps: int = FPS
) -> None:
    """H.264 and AAC. The frame number stands in the picture in digits and as a row of black and white cells, and
    each second begins with a click over the hum of `tone`; without a tone there is no sound track."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        video = out.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "crf": "28"})
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        audio = None if tone is None else out.add_stream("aac", rate=RATE, layout="mono")
        for number in range(round(seconds * fps)):
            frame = av.VideoFrame.from_image(picture(number, hue, size))
            frame.pts, frame.time_base = number, Fraction(1, fps)
            out.mux(video.encode(frame))
            if audio is not None:
                out.mux(audio.encode(sound(number, tone, fps)))
        out.mux(video.encode(None))
        if audio is not None:
            out.mux(audio.encode(None))


def picture(number: int, hue: int, size: tuple[int, int]) -> Image.Image:
    width, height = size
    image = Image.new("HSV", size, (hue, 110, 120)).convert("RGB")
    draw = ImageDraw.Draw(image)
    middle, unit = width // 2, min(width, height) // 12
    draw.ellipse((middle - 2 * unit, 3 * unit, middle + 2 * unit, 8 * unit), fill="#dca07a")
    mouth = unit // 5 + (number % 12) * unit // 16
    draw.ellipse((middle - unit, 6.6 * unit - mouth, middle + unit, 6.6 * unit + mouth), fill="#7a2a33")
    draw.rectangle((middle - 4 * unit, 8 * unit + unit // 2, middle + 4 * unit, height), fill="#2a3050")
    draw.text((12, height - 52), str(number), font=ImageFont.load_default(40), fill="white")
    cell = width / BITS
    # Numbers past 255 begin again; tests that read them use shorter clips.
    for bit in range(BITS):
        colour = "white" if number >> bit & 1 else "black"
        draw.rectangle((bit * cell, 0, (bit + 1) * cell, 15), fill=colour)
    return image


def sound(number: int, tone: float, fps: int) -> av.AudioFrame:
    count = RATE // fps
    times = (np.arange(count) + number * count) / RATE
    wave = 0.2 * np.sin(2 * np.pi * tone * times)
    wave += 0.6 * np.sin(2 * np.pi * 2000 * times) * (times % 1 < CLICK)
    frame = av.AudioFrame.from_ndarray(wave.astype(np.float32)[None, :], format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, number * count, Fraction(1, RATE)
    return frame
