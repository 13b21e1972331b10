"""Draws the clip of a scene without a portrait: the prompt's words on light of its own colour, and the voice."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from components.media.letters import broken, fonts, legible, shortened
from components.sandbox.render.draw import Overlay, Pixels, camera, transform
from components.sandbox.render.sound import Sound
from components.sandbox.render.stage import hue
from components.sandbox.scene import Scene

BARS = 41
LINES = 4
LEADING = 1.22


class Card:
    """Ground, words and bars, each drawn once where it does not move."""

    def __init__(self, scene: Scene, sound: Sound) -> None:
        self._scene, self._sound = scene, sound
        self._size = (scene.width, scene.height)
        self._ground = _ground(scene)
        words = _words(scene)
        self._words = Overlay(words, (round(scene.width * 0.10), round(scene.height * 0.22))) if words else None

    def at(self, number: int) -> Pixels:
        progress = number / max(1, self._scene.frames - 1)
        turn = (0.10 + 0.14 * self._scene.mood) * (progress - 0.5)
        source = (self._ground.shape[1], self._ground.shape[0])
        shift = (source[0] * 0.02 * (progress - 0.5), 0.0)
        frame = transform(self._ground, camera(source, self._size, 1.45, turn, shift), self._size)
        if self._words:
            self._words.lay(frame)
        if self._sound.samples.size:
            self._bars(number).lay(frame)
        return frame

    def _bars(self, number: int) -> Overlay:
        """The last second of the voice, newest in the middle, running out to both sides."""
        width, height = round(self._scene.width * 0.80), round(self._scene.height * 0.22)
        picture = Image.new("RGBA", (width, height), (255, 255, 255, 0))
        draw = ImageDraw.Draw(picture)
        step = width / BARS
        swing = 0.6 + 0.4 * self._scene.mouth
        for index in range(BARS):
            away = abs(index - BARS // 2)
            level = self._level(number - away) * swing * (1 - 0.5 * away / (BARS / 2))
            half = max(step * 0.11, level * height / 2)
            x = (index + 0.5) * step
            faded = round(235 * (1 - 0.75 * away / (BARS / 2)))
            box = (x - step * 0.11, height / 2 - half, x + step * 0.11, height / 2 + half)
            draw.rounded_rectangle(box, step * 0.11, fill=(255, 255, 255, faded))
        return Overlay(picture, (round(self._scene.width * 0.10), round(self._scene.height * 0.70)))

    def _level(self, number: int) -> float:
        return float(self._sound.levels[number]) if number >= 0 else 0.0


def _ground(scene: Scene) -> Pixels:
    """Two soft lights on a dark wall; small, because it holds nothing fine, and made large by the camera."""
    width, height = scene.width // 2, scene.height // 2
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = columns / width, rows / height
    base = hue(scene.prompt)
    light = np.zeros((height, width, 3), np.float32)
    light += _colour(base, 0.13, 0.45) * (1.1 - 0.5 * y)[..., None]
    for place, size, tone in (((0.26, 0.22), 0.42, base), ((0.80, 0.86), 0.48, base - 0.06)):
        glow = np.exp(-(((x - place[0]) ** 2 * (width / height) ** 2 + (y - place[1]) ** 2) / size**2))
        light += _colour(tone, 0.30, 0.35 + 0.3 * scene.mood) * glow[..., None]
    noise = np.random.default_rng(3).normal(0, 0.8, light.shape)  # against bands
    return np.clip(light + noise, 0, 255).astype(np.uint8)


def _colour(tone: float, lightness: float, saturation: float) -> NDArray[np.float32]:
    return np.array(colorsys.hls_to_rgb(tone % 1, lightness, saturation), np.float32) * 255


def _words(scene: Scene) -> Image.Image | None:
    """The prompt, as large as fits; letters that no font here has are left out."""
    width, height = round(scene.width * 0.80), round(scene.height * 0.46)
    sizes = range(round(scene.height * 0.105), round(scene.height * 0.045), -2)
    number, text = legible(scene.prompt, sizes[0])
    if not text:
        return None
    for letters in sizes:
        font = fonts(letters)[number]
        lines = broken(text, font, width)
        if len(lines) <= LINES and len(lines) * letters * LEADING <= height:
            break
    lines = shortened(lines, LINES)
    picture = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    start = (height - len(lines) * letters * LEADING) / 2
    for index, line in enumerate(lines):
        draw.text((0, start + index * letters * LEADING), line, font=font, fill=(255, 255, 255, 240))
    return picture
