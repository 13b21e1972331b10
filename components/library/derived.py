"""Files made from a kept video when somebody first asks for them, then kept: previews and copies."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path, PurePath

from components.errors import InvalidVideo, NotFound, StorageTrouble
from components.library.generation_queries import GenerationQueries
from components.library.records import Generation, Output
from components.library.settings_tag import settings_tag
from components.library.storage import Storage
from components.media import gate

log = logging.getLogger(__name__)

SUFFIXES = (".mp4", ".mov", ".webm")
PLAYABLE = "playable"
FOLDERS = ("previews", "tagged", PLAYABLE)
AT_ONCE = 2
"""Made side by side in one process; a page of a gallery may ask for two dozen."""


class Derived:
    """Keys of derived files, and the files behind them."""

    def __init__(self, generations: GenerationQueries, storage: Storage) -> None:
        self._generations, self._storage = generations, storage
        self._slots, self._copying = threading.BoundedSemaphore(AT_ONCE), threading.Lock()
        makers: tuple[Callable[[Generation, Output, Path], None], ...]
        makers = (self._preview, self._tagged, self._playable)
        self._makers = dict(zip(FOLDERS, makers, strict=True))

    def preview_key(self, output: Output) -> str:
        return f"previews/{output.id}.mp4"

    def tagged_key(self, output: Output) -> str:
        """The copy that carries its settings, of the same kind as the video."""
        return f"tagged/{output.id}{PurePath(output.key).suffix}"

    def playable_key(self, output: Output) -> str:
        """A copy for browsers that do not know the video's own codec."""
        return f"{PLAYABLE}/{output.id}.mp4"

    def ready(self, key: str) -> Path | None:
        """Where a file lies that need neither be made nor fetched; None for every other, there or not."""
        return self._storage.local(key)

    def path(self, key: str) -> Path:
        """Where a kept file lies; a derived one is made if it is not there yet.

        Raises:
            NotFound: no such file, or it cannot be made of this video.
        """
        folder, _, name = key.partition("/")
        if folder not in self._makers or self._storage.has(key):
            return self._storage.path(key)
        output = self._generations.output(PurePath(name).stem)
        # A copy may take minutes: the many small ones do not wait for it.
        with self._copying if folder == PLAYABLE else self._slots:
            # Whoever waited for the slot may find that another has made it meanwhile.
            made = self._storage.has(key) or self._make(self._makers[folder], output, key)
        if not made and folder in ("previews", PLAYABLE):
            raise NotFound("There is no preview of this video.")
        # A video that cannot carry its settings can still be had.
        return self._storage.path(key if made else output.key)

    def keys(self, output_id: str) -> list[str]:
        """All that may have been made of a video."""
        return [f"{folder}/{output_id}{suffix}" for folder in self._makers for suffix in SUFFIXES]

    def _make(self, make: Callable[[Generation, Output, Path], None], output: Output, key: str) -> bool:
        """Tells whether it could be made: not every kind of file can, and a disk may be full."""
        generation = self._generations.get(output.generation_id)
        try:
            with self._storage.writing(key) as target:
                make(generation, output, target)
        except (InvalidVideo, ValueError, StorageTrouble) as trouble:
            log.warning("%s could not be made: %s", key, type(trouble).__name__)
            return False
        return True

    def _preview(self, _: Generation, output: Output, target: Path) -> None:
        gate.preview(self._storage.path(output.key), target)

    def _tagged(self, generation: Generation, output: Output, target: Path) -> None:
        gate.write_tags(self._storage.path(output.key), target, settings_tag(generation))

    def _playable(self, _: Generation, output: Output, target: Path) -> None:
        gate.playable(self._storage.path(output.key), target)
