"""Makes a clip of a scene: someone who speaks, a title card, or a view from words. Knows no API."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from components.media.faces import FaceBox, find_faces
from components.media.image import open_upright
from components.sandbox.files import Files
from components.sandbox.render.card import Card
from components.sandbox.render.draw import Pixels, Strip, camera, label, sum_of, transform, use_one_thread
from components.sandbox.render.encode import write_clip
from components.sandbox.render.face import Face
from components.sandbox.render.film import View
from components.sandbox.render.notes import Notes
from components.sandbox.render.sound import Sound, read_sound, silence
from components.sandbox.render.stage import set_stage
from components.sandbox.scene import Scene

GRAINS = 4
"""Pictures of film grain that take turns."""


def render(scene: Scene, files: Files, output: Path) -> None:
    """Renders a scene; the file appears under its name when it is whole."""
    use_one_thread()
    sound = silence(scene.frames)
    if scene.voice:
        sound = read_sound(files.asset(scene.voice).read_bytes(), scene.frames, scene.fps)
    frames = _portrait(files.asset(scene.portrait), scene, sound) if scene.portrait else _wordy(scene, sound)
    write_clip(output, (scene.width, scene.height), scene.fps, _finished(frames, scene), sound, scene.container)


@lru_cache(maxsize=16)
def faces_of(picture: Path) -> tuple[FaceBox, ...]:
    """Found once: a stored file's name stands for its content, and takes of one request share a portrait."""
    return find_faces(picture.read_bytes())


def _portrait(picture: Path, scene: Scene, sound: Sound) -> Iterator[Pixels]:
    """The portrait speaks, under a camera that moves in slowly; where no face is found, only the camera moves."""
    found = faces_of(picture)
    stage = set_stage(open_upright(picture.read_bytes()), found[0] if found else None, scene)
    face = Face(stage.pixels, stage.face) if stage.face else None
    strip = Strip((scene.width, scene.height), sound)
    source = (stage.pixels.shape[1], stage.pixels.shape[0])
    nods = _followed(sound.levels)
    for number in range(scene.frames):
        pixels = stage.pixels
        if face:
            opening = float(sound.levels[number]) * (0.30 + 0.85 * scene.mouth)
            pixels = face.at(opening, float(sound.roundness[number]), number / scene.fps)
        frame = transform(pixels, _camera(source, scene, number, float(nods[number])), (scene.width, scene.height))
        strip.lay(frame, (number + 1) / scene.frames)
        yield frame


def _wordy(scene: Scene, sound: Sound) -> Iterator[Pixels]:
    drawing = View(scene, scene.film) if scene.film else Card(scene, sound)
    for number in range(scene.frames):
        yield drawing.at(number)


def _camera(source: tuple[int, int], scene: Scene, number: int, nod: float) -> NDArray[np.float64]:
    """A slow move in, the sway of a hand that another seed moves otherwise, and a nod with the voice."""
    seconds, progress = number / scene.fps, number / max(1, scene.frames - 1)
    zoom = 1.03 + (0.015 + 0.05 * scene.mood) * progress * progress * (3 - 2 * progress)
    sway = seconds + (scene.seed or 0) % 97
    turn = 0.0045 * np.sin(sway * 1.3) + 0.002 * np.sin(sway * 2.9 + 1)
    unit = source[1] / 100
    shift = (
        unit * (0.35 * np.sin(sway * 0.9) + 0.12 * np.sin(sway * 2.3)),
        unit * (0.22 * np.sin(sway * 1.15 + 0.6) - 0.9 * nod),
    )
    return camera(source, (scene.width, scene.height), zoom, turn, shift)


def _followed(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """The voice as a head follows it: late and softly."""
    kernel = np.hanning(17)
    return np.convolve(np.pad(levels, 8, mode="edge"), kernel / kernel.sum(), mode="valid")


def _finished(frames: Iterator[Pixels], scene: Scene) -> Iterator[Pixels]:
    """Film grain, less of it the more steps were asked for, the sandbox's mark, and its notes."""
    mark, notes = label((scene.width, scene.height)), Notes(scene)
    random = np.random.default_rng(7)
    strength = 4.5 * (1 - scene.detail)
    grains: list[NDArray[np.int16]] = []
    for number, frame in enumerate(frames):
        finished = frame
        if strength > 0.2:
            if number < GRAINS:
                grain = random.normal(0, strength, (scene.height, scene.width, 1)).astype(np.int16)
                grains.append(np.repeat(grain, 3, axis=2))
            finished = sum_of(frame, grains[number % GRAINS])
        mark.lay(finished)
        notes.lay(finished)
        yield finished
