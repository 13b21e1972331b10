"""How much room what is kept takes, and removing what can be made again at any time."""

from __future__ import annotations

import time
from collections.abc import Callable

import sqlalchemy as sa

from components.library.derived import FOLDERS
from components.library.records import Kept
from components.library.room import RoomQueries
from components.library.storage import Storage

AGAIN = ("exports", *FOLDERS)
"""Folders of files that are made anew when somebody wants them: exports, previews, copies."""


class Rooms(RoomQueries):
    """The room of one person's files, of an admin everybody's; and of the copies, which nobody misses."""

    def __init__(self, database: sa.Engine, whose: Callable[[], str | None], storage: Storage) -> None:
        super().__init__(database, whose)
        self._storage = storage

    def again(self) -> Kept:
        """What can be made again, of everybody."""
        sizes = [size for folder in AGAIN for size in self._storage.sizes(folder)]
        return Kept(count=len(sizes), bytes=sum(sizes))

    def clear_again(self) -> int:
        """Removes it; how many files these were.

        Raises:
            StorageTrouble: the disk or the bucket did not do so.
        """
        keys = [key for folder in AGAIN for key in self._storage.older(folder, time.time())]
        for key in keys:
            self._storage.delete(key)
        return len(keys)
