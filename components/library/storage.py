"""Keeps files under keys, in a folder of the data dir. Knows no table and no provider."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import obstore
from obstore.exceptions import BaseError as StoreError
from obstore.store import LocalStore, ObjectStore

from components.errors import InvalidFile, NotFound, StorageTrouble
from components.media.draft import drafted

log = logging.getLogger(__name__)

KEY = re.compile(r"(assets|outputs|posters|exports|previews|tagged|playable)/[a-z0-9-]{1,64}\.[a-z0-9]{1,8}")
MAX_BYTES = 2 * 1024**3
CUT_OFF = (".part", ".draft")
"""How files end that are not whole yet, and stay for good where the studio is killed."""


@dataclass(frozen=True)
class Received:
    """A file that has arrived whole but is not yet kept."""

    path: Path
    size: int
    sha256: str


@contextmanager
def in_words() -> Iterator[None]:
    """Says trouble of a disk or a bucket in a sentence that a person can act on.

    Raises:
        StorageTrouble: in the place of an OSError or of the store's own.
    """
    try:
        yield
    except (OSError, StoreError) as trouble:
        log.warning("storage: %s %s", type(trouble).__name__, getattr(trouble, "strerror", None) or "")
        raise StorageTrouble(
            "The studio's files cannot be kept or read at the moment.",
            "Look at the disk's room and the bucket's settings, then try again.",
        ) from trouble


class Storage:
    """Files by key, e.g. `outputs/3f2a.mp4`; a key that does not look like ours is refused.

    Where the disk does not do as it should, all raise StorageTrouble, but `receive` and `received`: what comes
    through them may fail in ways of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "media"
        self._incoming = folder / "incoming"
        for place in (self._folder, self._incoming):
            place.mkdir(parents=True, exist_ok=True)
        self._store = LocalStore(self._folder)

    @in_words()
    def put(self, key: str, data: bytes) -> None:
        """Writes a whole file; a reader sees all of it or nothing."""
        obstore.put(self._store, checked(key), data)

    @in_words()
    def read(self, key: str) -> bytes:
        try:
            return bytes(obstore.get(self._store, checked(key)).bytes())
        except FileNotFoundError:
            raise NotFound("That file is no longer in the library.") from None

    @contextmanager
    def writing(self, key: str) -> Iterator[Path]:
        """A path to write a file at; it gets its place under the key in one step, once written whole."""
        target = self._folder / checked(key)
        with in_words():
            target.parent.mkdir(parents=True, exist_ok=True)
            with drafted(target, self._incoming) as draft:
                yield draft

    @in_words()
    def delete(self, key: str) -> None:
        """Takes a file away; one that is not there is fine."""
        (self._folder / checked(key)).unlink(missing_ok=True)

    @in_words()
    def older(self, folder: str, before: float) -> list[str]:
        """Keys of a folder's files that were last written before a moment (unix seconds)."""
        return [
            str(one["path"]) for one in listed(self._store, folder) if one["last_modified"].timestamp() < before
        ]

    @in_words()
    def sizes(self, folder: str) -> list[int]:
        """How many bytes each of a folder's files has."""
        return [int(one["size"]) for one in listed(self._store, folder)]

    @in_words()
    def sweep(self, before: float) -> None:
        """Removes what was cut off before a moment. A file that has arrived whole stays: it may be paid for."""
        for path in self._incoming.iterdir():
            # Another thread may bring its own to an end at this very moment.
            with suppress(FileNotFoundError):
                if path.suffix in CUT_OFF and path.stat().st_mtime < before:
                    path.unlink()

    @in_words()
    def probe(self) -> None:
        """Writes a little where everything arrives, and takes it away; raises where that does not work."""
        with tempfile.NamedTemporaryFile(dir=self._incoming, suffix=CUT_OFF[0]) as file:
            file.write(b"ready")
            file.flush()

    def has(self, key: str) -> bool:
        return self.local(key) is not None

    @in_words()
    def local(self, key: str) -> Path | None:
        """Where the file lies on this machine; None where it would have to be fetched or made first."""
        path = self._folder / checked(key)
        return path if path.is_file() else None

    def address(self, key: str) -> str | None:
        """A signed web address of the file, where the storage can make one; a folder cannot."""
        return None

    def path(self, key: str) -> Path:
        """Where the file lies, for players and for copying.

        Raises:
            NotFound: no such file.
        """
        path = self.local(key)
        if path is None:
            raise NotFound("That file is no longer in the library.")
        return path

    def receive(self, name: str, chunks: Iterable[bytes]) -> Received:
        """Writes chunks to a `.part` of NAME and on to the disk; whole, it gets its own name in one step.

        Raises:
            InvalidFile: more than 2 GiB came.
        """
        # A name of its own: where two receive the same, each part is one whole file, and either may win.
        part, size, digest = self._incoming / f"{name}.{uuid.uuid4().hex}.part", 0, hashlib.sha256()
        try:
            with part.open("wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > MAX_BYTES:
                        raise InvalidFile(
                            "The provider's file is larger than 2 GiB.", "Ask the provider about it."
                        )
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._incoming / name)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(self._incoming)
        return Received(self._incoming / name, size, digest.hexdigest())

    def received(self, name: str) -> Received | None:
        """A file that had arrived whole before the studio stopped, or None."""
        path = self._incoming / name
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return Received(path, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())

    @in_words()
    def keep(self, received: Received, key: str) -> None:
        """Moves a received file under its key in one step."""
        target = self._folder / checked(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        received.path.replace(target)
        _sync_folder(target.parent)


def listed(store: ObjectStore, folder: str) -> list[obstore.ObjectMeta]:
    """What a store has in a folder."""
    return [found for part in obstore.list(store, f"{folder}/") for found in part]


def checked(key: str) -> str:
    """The key, or NotFound where it does not look like one of ours."""
    if not KEY.fullmatch(key):
        raise NotFound("There is no such file in the library.")
    return key


def _sync_folder(folder: Path) -> None:
    """Makes a rename survive a power cut; not every file system allows it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
