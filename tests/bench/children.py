"""What it costs to read files in children, and what hostile files cost: time, and the server's own memory."""

from __future__ import annotations

import logging
import statistics
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from components.errors import InvalidFile
from components.media import gate
from components.media.audio import read_voice
from components.media.faces import face_note
from components.media.image import read_portrait
from components.media.table import read_table
from components.media.video import poster, probe
from tests.bench.rows import ratios, row, seconds
from tests.media.arsenal import BOMBS
from tests.media.making import ASSETS, make_clip
from tests.media.memory import Growth
from tests.media.mutations import mutations

PAIRS, MUTATIONS, MEANWHILE = 15, 2_000, 9


def rows(folder: Path) -> Iterator[str]:
    gate.warm()
    yield from normal(folder)
    yield from hostile(folder)
    yield from mutated(folder)


def normal(folder: Path) -> Iterator[str]:
    """Files as people and providers send them, through a child and in this process."""
    clip, table = folder / "clip.mp4", folder / "people.csv"
    clip.write_bytes(make_clip(5.0, size="640x360"))
    table.write_text("name;company\n" + "Ann;Acme\n" * 500)
    picture, voice = (ASSETS / "sample-portrait.jpg").read_bytes(), (ASSETS / "sample-voice.mp3").read_bytes()
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "a portrait": (lambda: gate.read_portrait(picture), lambda: face_note(read_portrait(picture).data)),
        "a voice": (lambda: gate.read_voice(voice), lambda: read_voice(voice)),
        "a result of 5 s": (lambda: gate.read_result(clip), lambda: (probe(clip), poster(clip))),
        "a table of 500": (lambda: gate.read_table(table), lambda: read_table(table.read_bytes())),
    }
    for name, (ours, theirs) in pairs.items():
        yield row(f"{name}: read by a child / in this process", ratios(ours, theirs, PAIRS))


def hostile(folder: Path) -> Iterator[str]:
    """Each bomb: seconds, the server's own memory, and what somebody else's upload takes meanwhile."""
    picture, bomb = ASSETS / "sample-portrait.jpg", folder / "bomb"
    usual = statistics.median(seconds(lambda: gate.read_portrait(picture)) for _ in range(PAIRS))
    took, grown, others = [], [], []
    for name, one in BOMBS.items():
        bomb.write_bytes(one.make())
        with Growth() as growth:
            took.append(seconds(lambda one=one: tried(one.read, bomb)))
        grown.append(growth.megabytes)
        with again_and_again(one.read, bomb):
            meanwhile = [seconds(lambda: gate.read_portrait(picture)) for _ in range(MEANWHILE)]
        others.append(statistics.median(meanwhile) / usual)
        yield row(f"{name}: seconds", took[-1:])
    yield row("each of them: megabytes that this process grew by", grown)
    yield row("each of them, again and again: another's portrait meanwhile / alone", others)


@contextmanager
def again_and_again(read: Callable[[Path], object], bomb: Path) -> Iterator[None]:
    """Somebody adds it without end while the block runs."""
    over = threading.Event()

    def add() -> None:
        while not over.is_set():
            tried(read, bomb)

    adding = threading.Thread(target=add)
    adding.start()
    try:
        yield
    finally:
        over.set()
        adding.join()


def mutated(folder: Path) -> Iterator[str]:
    """Good files with bytes changed."""
    lost = Lost()
    logging.getLogger("components.media.gate").addHandler(lost)
    path, took, refusals = folder / "file", [], list[bool]()
    with Growth() as growth:
        for reader, data in mutations(MUTATIONS):
            path.write_bytes(data)
            took.append(seconds(lambda reader=reader: refusals.append(tried(reader, path))))
    yield row(
        f"{MUTATIONS:,} mutated files ({sum(refusals):,} refused, {lost.count} children lost): seconds", took
    )
    yield row("all of them: megabytes that this process grew by", [growth.megabytes])


def tried(read: Callable[[Path], object], path: Path) -> bool:
    """Whether it was refused; anything but a sentence is an error."""
    try:
        read(path)
    except InvalidFile:
        return True
    return False


class Lost(logging.Handler):
    """Counts what the gate warns of."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
