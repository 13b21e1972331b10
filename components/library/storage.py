"""Keeps files under keys, in a folder of the data dir. Knows no table and no provider."""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import obstore
from obstore.store import LocalStore

from components.errors import InvalidFile, NotFound

KEY = re.compile(r"(assets|outputs|posters|exports|previews|tagged)/[a-z0-9-]{1,64}\.[a-z0-9]{1,8}")
MAX_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Received:
    """A file that has arrived whole but is not yet kept."""

    path: Path
    size: int
    sha256: str


class Storage:
    """Files by key, e.g. `outputs/3f2a.mp4`; a key that does not look like ours is refused."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "media"
        self._incoming = folder / "incoming"
        for place in (self._folder, self._incoming):
            place.mkdir(parents=True, exist_ok=True)
        self._store = LocalStore(self._folder)
        self._listed: Any = self._store

    def put(self, key: str, data: bytes) -> None:
        """Writes a whole file; a reader sees all of it or nothing."""
        obstore.put(self._store, checked(key), data)

    def read(self, key: str) -> bytes:
        try:
            return bytes(obstore.get(self._store, checked(key)).bytes())
        except FileNotFoundError:
            raise NotFound("That file is no longer in the library.") from None

    @contextmanager
    def writing(self, key: str) -> Iterator[Path]:
        """A path to write a file at; it gets its place under the key in one step, once written whole."""
        target = self._folder / checked(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: two may write under one key at a time, and the last whole one counts.
        part = self._incoming / f"{uuid.uuid4().hex}-{target.name}.part"
        try:
            yield part
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def delete(self, key: str) -> None:
        """Takes a file away; one that is not there is fine."""
        (self._folder / checked(key)).unlink(missing_ok=True)

    def older(self, folder: str, before: float) -> list[str]:
        """Keys of a folder's files that were last written before a moment (unix seconds)."""
        every = [found for part in obstore.list(self._listed, f"{folder}/") for found in part]
        return [str(one["path"]) for one in every if one["last_modified"].timestamp() < before]

    def has(self, key: str) -> bool:
        return (self._folder / checked(key)).is_file()

    def address(self, key: str) -> str | None:
        """A signed web address of the file, where the storage can make one; a folder cannot."""
        return None

    def path(self, key: str) -> Path:
        """Where the file lies, for players and for copying.

        Raises:
            NotFound: no such file.
        """
        path = self._folder / checked(key)
        if not path.is_file():
            raise NotFound("That file is no longer in the library.")
        return path

    def receive(self, name: str, chunks: Iterable[bytes]) -> Received:
        """Writes chunks to `NAME.part` and on to the disk; whole, it gets its own name in one step.

        Raises:
            InvalidFile: more than 2 GiB came.
        """
        part, size, digest = self._incoming / f"{name}.part", 0, hashlib.sha256()
        with part.open("wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > MAX_BYTES:
                    raise InvalidFile("The provider's file is larger than 2 GiB.", "Ask the provider about it.")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._incoming / name)
        _sync_folder(self._incoming)
        return Received(self._incoming / name, size, digest.hexdigest())

    def received(self, name: str) -> Received | None:
        """A file that had arrived whole before the studio stopped, or None."""
        path = self._incoming / name
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return Received(path, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())

    def keep(self, received: Received, key: str) -> None:
        """Moves a received file under its key in one step."""
        target = self._folder / checked(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        received.path.replace(target)
        _sync_folder(target.parent)


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
