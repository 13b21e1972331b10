"""Makes comparison files in the background, one at a time, with progress and cancel. Knows no screen.

An export is free and can be made anew, so it is not durable: a server that stops forgets it. The same order
twice is made once; its file is kept under a name that its content decides.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from components.errors import InvalidFile, NotFound, StudioError
from components.library.generation_queries import GenerationQueries
from components.library.storage import Storage
from components.media import gate
from components.media.compose import Cell, Layout, Plan

log = logging.getLogger(__name__)
FEWEST, MOST, MOST_IN_FILE = 2, 9, 4
PATIENCE = 5.0
"""Seconds that a closing server waits; a film stops at its next picture."""
State = Literal["waiting", "running", "done", "cancelled", "failed"]


@dataclass(frozen=True)
class Piece:
    """One video of a comparison, with the words that go under it."""

    output_id: str
    label: str
    settings: str = ""
    offset: float = 0.0
    """Seconds by which it runs ahead of the common clock, as in the player."""


@dataclass(frozen=True)
class Order:
    """What to make: a grid or a wipe of 2 to 4 videos, with the sound of one of them, or of none."""

    pieces: tuple[Piece, ...]
    layout: Layout = "grid"
    sound: int | None = None
    """Which piece is heard."""

    @property
    def id(self) -> str:
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:40]


@dataclass
class Export:
    """How far it has come; `part` runs from 0 to 1."""

    id: str
    key: str
    state: State = "waiting"
    part: float = 0.0
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def ended(self) -> bool:
        return self.state in ("done", "cancelled", "failed")


class Comparisons:
    """The exports of one process."""

    def __init__(self, generations: GenerationQueries, storage: Storage) -> None:
        self._generations, self._storage = generations, storage
        self._exports: dict[str, Export] = {}
        self._threads: list[threading.Thread] = []
        self._changing, self._turn = threading.Lock(), threading.Lock()
        self._closing = False

    def start(self, order: Order) -> Export:
        """Begins an export, or gives the one that is under way or done.

        Raises:
            InvalidFile: not 2 to 4 videos, or a wipe of other than 2.
            NotFound: a video is gone.
        """
        count = len(order.pieces)
        if not FEWEST <= count <= MOST_IN_FILE:
            raise InvalidFile("One file compares 2 to 4 videos.", "Take some away, or use the contact sheet.")
        if order.layout == "wipe" and count != FEWEST:
            raise InvalidFile("A wipe compares exactly 2 videos.", "Choose two, or export the grid.")
        plan = Plan(cells=self._cells(order.pieces), layout=order.layout, sound=order.sound)
        with self._changing:
            known = self._exports.get(order.id)
            if (
                known
                and not known.stop.is_set()
                and (not known.ended or (known.state == "done" and self._storage.has(known.key)))
            ):
                return known
            export = Export(order.id, f"exports/compare-{order.id}.mp4")
            self._exports[order.id] = export
            if self._storage.has(export.key):
                export.state, export.part = "done", 1.0
            elif self._closing:
                export.state = "cancelled"
            else:
                self._begin(export, plan)
        return export

    def get(self, export_id: str) -> Export:
        """Raises NotFound where the server has forgotten it."""
        found = self._exports.get(export_id)
        if found is None:
            raise NotFound("That export is no longer known.", "Export it again.")
        return found

    def cancel(self, export_id: str) -> None:
        self.get(export_id).stop.set()

    def sheet(self, pieces: Sequence[Piece]) -> str:
        """A PNG with one row a video and frames at equal times; gives its storage key.

        Raises:
            InvalidFile: not 2 to 9 videos.
            NotFound: a video is gone.
        """
        if not FEWEST <= len(pieces) <= MOST:
            raise InvalidFile(f"A contact sheet shows {FEWEST} to {MOST} videos.", "Choose other videos.")
        # First whether they may have these videos: the same sheet may be there, made by somebody else.
        cells = self._cells(pieces)
        key = f"exports/sheet-{Order(tuple(pieces)).id}.png"
        if not self._storage.has(key):
            self._storage.put(key, gate.contact_sheet(cells))
        return key

    def close(self) -> None:
        """Stops what is under way, for the server's own stop, and lets it tidy up for a while."""
        with self._changing:
            self._closing = True
            for export in self._exports.values():
                export.stop.set()
        deadline = time.monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _begin(self, export: Export, plan: Plan) -> None:
        thread = threading.Thread(target=self._run, args=(export, plan), daemon=True, name="comparison")
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def _cells(self, pieces: Sequence[Piece]) -> tuple[Cell, ...]:
        # A composed video counts the other way: by how much later it begins.
        return tuple(Cell(self._file(piece), piece.label, piece.settings, -piece.offset) for piece in pieces)

    def _file(self, piece: Piece) -> Path:
        try:
            return self._storage.path(self._generations.output(piece.output_id).key)
        except NotFound as gone:
            # Of up to nine it must be said which.
            message = f"{piece.label}: {gone.message}" if piece.label else gone.message
            raise NotFound(message, "Take it out of the comparison.") from gone

    def _run(self, export: Export, plan: Plan) -> None:
        with self._turn:
            if export.stop.is_set():
                export.state = "cancelled"
                return
            export.state = "running"
            try:
                export.state = "done" if self._make(export, plan) else "cancelled"
            except StudioError as trouble:
                export.error, export.state = str(trouble), "failed"
            except Exception:
                log.exception("comparison %s", export.id)
                export.error = "The file could not be made. Is there room on the disk?"
                export.state = "failed"

    def _make(self, export: Export, plan: Plan) -> bool:
        def step(part: float) -> bool:
            export.part = part
            return not export.stop.is_set()

        try:
            with self._storage.writing(export.key) as target:
                if not gate.compose(plan, target, step):
                    raise _Stopped
        except _Stopped:
            return False
        export.part = 1.0
        return True


class _Stopped(Exception):
    """Leaves the writing of a file, so that no half of it is kept."""
