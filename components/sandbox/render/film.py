"""Draws a view filmed from words: a landscape or a city in the prompt's light, and a title. Knows no API."""

from __future__ import annotations

import colorsys
import hashlib
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from components.sandbox.render.draw import Floats, Overlay, Pixels, transform, tripled
from components.sandbox.render.stage import hue
from components.sandbox.render.title import draw_title
from components.sandbox.scene import Film, Scene

CITY = re.compile(r"\b(city|street|town|urban|neon|skyline|building|traffic|downtown|road|alley|rooftop)", re.I)
DARK = re.compile(r"\b(night|dark|moon|neon|midnight|star|stars|space)", re.I)
# How much wider than the picture a layer is, so that a camera that travels finds no edge.
WIDER = 1.3
HORIZON = 0.60
# Far to near: how fast a layer passes, and how high it rises, in shares of the picture's height.
LAYERS = ((0.30, 0.13), (0.60, 0.10), (1.0, 0.07))


@dataclass(frozen=True)
class Layer:
    """A strip of scenery; its colours are multiplied by its opacity."""

    pixels: Pixels
    opacity: Pixels
    """A single plane."""
    top: int
    """The row of the picture in which it begins."""
    depth: float


class View:
    """One seed's view: everything is drawn once and then moved."""

    def __init__(self, scene: Scene, film: Film) -> None:
        self._scene, self._size = scene, (scene.width, scene.height)
        digest = hashlib.sha256(f"{scene.seed or 0} {scene.prompt}".encode()).digest()
        random = np.random.default_rng(int.from_bytes(digest[:8]))
        self._way = (0.03 + 0.13 * film.motion) * scene.width * float(random.choice([-1, 1]))
        self._push = 0.02 + 0.06 * film.motion
        light = Light.of(scene)
        self._sky = _sky(self._size, light, random)
        self._layers = [_layer(scene, light, random, number) for number in range(len(LAYERS))]
        self._glows = [_bokeh(self._size, light, random) for _ in range(2)]
        title = draw_title(scene.prompt, self._size)
        self._title = Overlay(title, (round(scene.width * 0.08), round(scene.height * 0.12))) if title else None

    def at(self, number: int) -> Pixels:
        """One frame."""
        progress = number / max(1, self._scene.frames - 1)
        frame = transform(self._sky, self._view(progress, 0.08, self._sky.shape, 0), self._size)
        for layer in self._layers:
            size = (self._size[0], self._size[1] - layer.top)
            view = self._view(progress, layer.depth, layer.pixels.shape, layer.top)
            place = frame[layer.top :].astype(np.uint16)
            place *= tripled(255 - transform(layer.opacity, view, size))
            place += 255
            place >>= 8
            place += transform(layer.pixels, view, size)
            frame[layer.top :] = place
        frame = self._lit(frame, progress, number / self._scene.fps)
        if self._title:
            _fade(self._title, frame, 0.3 + 0.7 * min(1.0, progress / 0.2))
        return frame

    def _view(self, progress: float, depth: float, shape: tuple[int, ...], top: int) -> NDArray[np.float64]:
        """Where a layer is seen: it passes and grows, the more the nearer it is."""
        width, height = self._size
        scale = shape[1] / (width * WIDER)  # half for what is soft
        zoom = 1 + self._push * depth * progress
        across = shape[1] / 2 + scale * (self._way * depth * (progress - 0.5) - width / 2 / zoom)
        middle = height * HORIZON - top
        return np.array([[scale / zoom, 0, across], [0, scale / zoom, scale * middle * (1 - 1 / zoom)]])

    def _lit(self, frame: Pixels, progress: float, seconds: float) -> Pixels:
        """Lights out of focus that pass in front and breathe."""
        lit = frame.astype(np.uint16)
        for index, glow in enumerate(self._glows):
            seen = transform(glow, self._view(progress, 1.3 + 0.5 * index, glow.shape, 0), self._size)
            strength = round(256 * (0.72 + 0.28 * np.sin(seconds * (1.5 + 0.5 * index) + 2 * index)))
            lit += (seen.astype(np.uint16) * np.uint16(strength)) >> 8
        return np.asarray(np.minimum(lit, 255), np.uint8)


@dataclass(frozen=True)
class Light:
    """The colours of a view."""

    tone: float
    strength: float
    """How far the colours go, 0 to 1."""
    night: bool
    city: bool

    @property
    def dusk(self) -> float:
        """The way to the colour of the upper sky: warm light fades to plum, cool light to indigo."""
        return -0.12 if self.tone < 0.2 or self.tone > 0.85 else 0.07

    @classmethod
    def of(cls, scene: Scene) -> Light:
        night, city = bool(DARK.search(scene.prompt)), bool(CITY.search(scene.prompt))
        return cls(hue(scene.prompt), 0.22 + 0.55 * scene.mood, night, city)

    def colour(self, away: float, lightness: float, share: float = 1.0) -> Floats:
        """A colour beside the tone, 0 to 255; at night all is darker."""
        lightness *= 0.48 if self.night else 1.0
        rgb = colorsys.hls_to_rgb((self.tone + away) % 1, lightness, min(1.0, self.strength * share))
        return np.array(rgb, np.float32) * 255


def _sky(size: tuple[int, int], light: Light, random: np.random.Generator) -> Pixels:
    """From deep to bright at the horizon, with a sun or a moon; half as fine, because it is soft."""
    width, height = round(size[0] * WIDER / 2), size[1] // 2
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (columns / width - 0.5) * width / height, rows / height / HORIZON
    high, low = light.colour(light.dusk, 0.25), light.colour(0.0, 0.64, 1.15)
    sky = high + (low - high) * (np.clip(y, 0, 1) ** 1.5)[..., None]
    reach = size[0] / size[1] * 0.36
    away = np.hypot(x - random.uniform(-reach, reach), y * HORIZON - random.uniform(0.30, 0.56))
    disc = np.clip((random.uniform(0.035, 0.075) - away) * height / 2 + 0.5, 0, 1)
    full = 2.0 if light.night else 1.0
    for colour, share in (
        (
            light.colour(0.02, 0.74 * full, 1.2),
            0.5 * np.exp(-((away / 0.22) ** 2)) + 0.25 * np.exp(-((away / 0.6) ** 2)),
        ),
        (light.colour(0.04, 0.93 * full, 1.2), 0.9 * disc),
    ):
        sky += (colour - sky) * share[..., None]
    noise = random.normal(0, 0.9, sky.shape)  # against bands
    return np.asarray(np.clip(sky + noise, 0, 255), np.uint8)


def _layer(scene: Scene, light: Light, random: np.random.Generator, number: int) -> Layer:
    """Hills or houses, the nearer the darker; near ones are out of focus, all are with few steps."""
    depth, rise = LAYERS[number]
    width, height = round(scene.width * WIDER), scene.height
    line = HORIZON + 0.02 + 0.11 * number
    ridge = _skyline(width, random) if light.city else _hills(width / height, width, random)
    ridge = (line - rise * ridge * (1.6 if light.city else 1.0)) * height
    top = max(0, int(ridge.min()) - 4)
    rows = np.arange(top, height, dtype=np.float32)[:, None]
    soft = 1.2 + height * (0.006 * (1 - scene.detail) + (0.004 if number == 2 else 0))
    alpha = np.clip((rows - ridge[None, :]) / soft + 0.5, 0, 1)
    crest, foot = (
        light.colour(0.3 * light.dusk, 0.36 - 0.12 * number),
        light.colour(0.0, 0.54 - 0.20 * number, 0.8),
    )
    down = np.clip((rows - top) / (height * 0.26), 0, 1)[..., None]  # mist gathers below
    colour = np.repeat(crest + (foot - crest) * down, width, axis=1)
    if light.city:
        colour = _windows(colour, ridge - top, light, random, 1 - 0.25 * number)
    pixels, opacity = (np.clip(part, 0, 255).astype(np.uint8) for part in (colour * alpha[..., None], alpha * 255))
    return Layer(pixels, opacity, top, depth)


def _hills(aspect: float, width: int, random: np.random.Generator) -> Floats:
    """A rolling line, about 0 to 1: long waves and ever smaller ones."""
    x = np.linspace(0, aspect, width, dtype=np.float32)
    line = np.zeros(width, np.float32)
    for octave in range(5):
        waves = 0.7 * 2.0**octave * random.uniform(0.8, 1.3)
        line += np.sin(2 * np.pi * (waves * x + random.random()), dtype=np.float32) * 0.42 / 1.9**octave
    return line + 0.5


def _skyline(width: int, random: np.random.Generator) -> Floats:
    """Flat roofs of many heights, 0 to about 1.6."""
    line = np.zeros(width, np.float32)
    left = 0
    while left < width:
        right = left + max(2, round(width * random.uniform(0.018, 0.05)))
        line[left:right] = 0.1 + 1.5 * random.random() ** 1.7
        left = right
    return line


def _windows(colour: Floats, roof: Floats, light: Light, random: np.random.Generator, share: float) -> Floats:
    """Some windows are lit."""
    height, width = colour.shape[:2]
    unit = max(2, width // 240)
    picture = Image.new("L", (width, height))
    draw = ImageDraw.Draw(picture)
    for x in range(unit, width - unit, 2 * unit):
        same_house = roof[x] == roof[x + unit - 1]
        for y in range(int(roof[x]) + 2 * unit, height, 3 * unit):
            if random.random() < (0.34 if light.night else 0.16) and same_house:
                draw.rectangle((x, y, x + unit - 1, y + round(1.4 * unit)), fill=random.integers(90, 255).item())
    lit = np.asarray(picture.filter(ImageFilter.GaussianBlur(unit / 5)), np.float32)[..., None] / 255
    return np.asarray(colour + (np.array((255, 214, 150), np.float32) - colour) * lit * 0.85 * share, np.float32)


def _bokeh(size: tuple[int, int], light: Light, random: np.random.Generator) -> Pixels:
    """Discs of light with a brighter rim, as a lens makes them of lamps and dew; half as fine."""
    width, height = round(size[0] * WIDER / 2), size[1] // 2
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    light_sum = np.zeros((height, width, 3), np.float32)
    for _ in range(15 if light.city else 10):
        radius = min(width, height) * random.uniform(0.015, 0.065)
        x, y = random.uniform(0, width), height * (1 - 0.55 * random.random() ** 1.3)
        away = np.hypot(columns - x, rows - y)
        disc = np.clip((radius - away) / max(1.0, radius * 0.10) + 0.5, 0, 1)
        rim = 0.75 + 0.25 * np.clip(away / radius, 0, 1) ** 4
        rgb = colorsys.hls_to_rgb((light.tone + random.choice([-0.09, -0.04, 0.05, 0.5])) % 1, 0.62, 0.75)
        light_sum += (disc * rim * random.uniform(0.10, 0.42))[..., None] * np.array(rgb, np.float32) * 255
    return np.clip(light_sum, 0, 255).astype(np.uint8)


def _fade(title: Overlay, frame: Pixels, share: float) -> None:
    """Lays the title on as far as it has come."""
    plain = frame.copy() if share < 1 else None
    title.lay(frame)
    if plain is not None:
        mixed = plain + (frame.astype(np.float32) - plain) * share
        frame[...] = np.clip(mixed, 0, 255).astype(np.uint8)
