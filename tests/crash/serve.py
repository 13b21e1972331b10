"""Runs a studio without a browser, submits, and dies at a named point of the money rule.

python -m tests.crash.serve POINT VOICE JOBS prints the jobs' ids, one a line, and `submitted`. It is only used
by the tests of this folder; what to die at stands in POINTS.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from components.engine import save
from components.library.generations import Generations
from components.library.storage import Storage
from components.providers.http import Http
from components.providers.segmind.client import Segmind
from components.settings import Settings
from components.studio import open_studio

Patch = Callable[[], None]


def die(*_: object, **__: object) -> None:
    """As a power cut would: nothing is tidied, flushed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: object, name: str, *words: str, call: int = 1) -> Patch:
    """Dies instead of the given call, among those with all of `words` in their arguments."""
    return lambda: _install(owner, name, words, call, after=False)


def after(owner: object, name: str, *words: str) -> Patch:
    """Dies as soon as that call has done its work."""
    return lambda: _install(owner, name, words, 1, after=True)


def _install(owner: object, name: str, words: tuple[str, ...], call: int, *, after: bool) -> None:
    real, left = getattr(owner, name), [call]

    def patched(*arguments: object, **named: object) -> object:
        meant = all(any(word in str(one) for one in arguments[1:]) for word in words)
        left[0] -= meant
        if meant and not left[0] and not after:
            die()
        result = real(*arguments, **named)
        if meant and not left[0]:
            die()
        return result

    setattr(owner, name, patched)


def _halfway(chunks):
    """The first bytes, and then the end."""
    for chunk in chunks:
        yield chunk[: len(chunk) // 2]
        die()


def _download_halfway() -> None:
    real = Storage.receive
    Storage.receive = lambda self, name, chunks: real(self, name, _halfway(chunks))


POINTS: dict[str, Patch] = {
    "never": lambda: None,
    "uploading": before(Segmind, "_host"),
    "before the claim": before(Generations, "move", "submitting"),
    "claimed, nothing sent": before(Http, "post", "bytedance-humo"),
    "answered": before(Generations, "move", "submitting", "running"),
    "operation saved": after(Generations, "move", "submitting", "running"),
    "polling": before(Segmind, "check", call=2),
    "downloading": _download_halfway,
    "received": after(Storage, "receive"),
    "noted, not kept": before(Storage, "keep"),
    "kept": after(Storage, "keep"),
    "before done": before(Generations, "move", "saving", "done"),
    "done": after(Generations, "move", "saving", "done"),
    "blocking answer in memory": before(save, "_receive"),
}


def main(point: str, voice: str, jobs: int) -> None:
    POINTS[point]()
    with open_studio(Settings()) as studio:
        sound = studio.add_asset(Path(voice))
        small = {"prompt": "x", "audio": sound.id, "frames": 10, "width": 832, "height": 480}
        for _ in range(jobs):
            print(studio.submit("segmind/humo", small).id, flush=True)
        print("submitted", flush=True)
        # Until it dies or is killed: one that ended by itself would be no dead server. No test, no server either.
        test = os.getppid()
        while os.getppid() == test:
            time.sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
