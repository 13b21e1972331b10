"""Writes a composed video: asks the scene for picture after picture and encodes them with what is heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from av import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer

from components.media.compose.plan import Cell, Plan
from components.media.compose.readers import opened
from components.media.compose.scene import Scene
from components.media.compose.single_scene import SingleScene
from components.media.compose.sound import LAYOUT, RATE, heard
from components.media.draft import drafted
from components.media.frame_reader import FrameReader
from components.media.h264 import add_h264, mp4

# Good enough to judge by, at a quarter of the time of "medium".
X264 = {"preset": "veryfast", "crf": "20"}
KEYFRAME_SECONDS = 2
AUDIO_BITS = 160_000


class _Stopped(Exception):
    """Leaves the draft, so that nothing is kept of it."""


def compose(
    plan: Plan, target: Path, *, progress: Callable[[float], None], should_stop: Callable[[], bool]
) -> bool:
    """Writes an MP4; False, and nothing is left, when it was stopped. Both calls are made at every picture.

    Raises:
        InvalidVideo: one of the videos cannot be decoded, or their offsets leave nothing to see, or far too much.
    """
    with ExitStack() as stack:
        readers = stack.enter_context(opened(plan.cells))
        scene = stack.enter_context(closing(Scene(plan, readers)))
        cell = None if plan.sound is None else plan.cells[plan.sound]
        voice = stack.enter_context(closing(heard(cell, scene.seconds)))
        return _written(target, scene, voice, progress, should_stop)


def playable_copy(
    path: Path, target: Path, *, progress: Callable[[float], None], should_stop: Callable[[], bool]
) -> bool:
    """Writes one video again as an MP4 that every browser plays; for the rest as `compose`."""
    with closing(FrameReader(path)) as reader, closing(heard(Cell(path, ""), reader.seconds)) as voice:
        return _written(target, SingleScene(reader), voice, progress, should_stop)


def _written(
    target: Path,
    scene: Scene | SingleScene,
    voice: Iterator[AudioFrame],
    progress: Callable[[float], None],
    should_stop: Callable[[], bool],
) -> bool:
    try:
        with drafted(target) as draft, mp4(draft) as out:
            film = _Film(out, scene, voice)
            for number in range(scene.count):
                if should_stop():
                    raise _Stopped
                film.add(number)
                progress(number / scene.count)
            film.end()
    except _Stopped:
        return False
    progress(1.0)
    return True


class _Film:
    """The two tracks of a file that grows; the sound is never far ahead of the picture."""

    def __init__(self, out: OutputContainer, scene: Scene | SingleScene, voice: Iterator[AudioFrame]) -> None:
        self._out, self._scene, self._voice = out, scene, voice
        how = X264 | {"g": str(round(KEYFRAME_SECONDS * scene.rate))}
        self._video = add_h264(out, scene.size, scene.rate, scene.matrix, how)
        self._waiting = next(voice, None)
        self._audio = _aac(out) if self._waiting is not None else None

    def add(self, number: int) -> None:
        self._out.mux(self._video.encode(self._scene.frame(number)))
        self._sound_until(float((number + 1) / self._scene.rate))

    def end(self) -> None:
        """What the encoders still hold, and the sound of the last picture."""
        self._out.mux(self._video.encode(None))
        self._sound_until(self._scene.seconds + 1)
        if self._audio is not None:
            self._out.mux(self._audio.encode(None))

    def _sound_until(self, seconds: float) -> None:
        while self._audio and self._waiting and float(self._waiting.time or 0) < seconds:
            self._out.mux(self._audio.encode(self._waiting))
            self._waiting = next(self._voice, None)


def _aac(out: OutputContainer) -> AudioStream:
    stream = out.add_stream("aac", rate=RATE, layout=LAYOUT)
    stream.bit_rate = AUDIO_BITS
    return stream
