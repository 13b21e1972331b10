"""Removes for good what was deleted a week ago or earlier, and what else nobody will miss. Once a day."""

from __future__ import annotations

import logging
import time

from components.errors import StorageTrouble
from components.library.bin import BIN_SECONDS, Bin
from components.library.derived import Derived
from components.library.people import Sessions
from components.library.storage import Storage

log = logging.getLogger(__name__)

DAY = 86400.0
CLAIM_SECONDS = 2 * DAY
"""How long a removed video's row outlives its files, so that all who share a bucket remove their copies."""


class Cleaning:
    """The bin of everyone, the leftovers of the storage, and sign-ins that nobody can come back with."""

    def __init__(self, bin_: Bin, derived: Derived, storage: Storage, sessions: Sessions) -> None:
        self._bin, self._derived, self._storage, self._sessions = bin_, derived, storage, sessions

    def run(self) -> None:
        """Takes away what was cut off, what was in the bin for a week, and exports of that age.

        An export can be made anew. A file that cannot be removed is tried again the next day.
        """
        now = time.time()
        self._sessions.forget_old()
        self._storage.sweep(now - DAY)
        for output_id, keys in self._bin.claim(now - BIN_SECONDS).items():
            removed = [self._remove(key) for key in (*keys, *self._derived.keys(output_id))]
            if all(removed):
                self._bin.forget(output_id, now - CLAIM_SECONDS)
        for key in self._storage.older("exports", now - BIN_SECONDS):
            self._remove(key)

    def _remove(self, key: str) -> bool:
        """One file that cannot be removed keeps nothing else from being removed."""
        try:
            self._storage.delete(key)
        except StorageTrouble:
            log.warning("could not remove %s", key)
            return False
        return True
