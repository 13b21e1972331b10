"""What can be done with finished videos: measure, pack, give away with their settings, get settings back."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from components.catalog import MODELS
from components.errors import InvalidFile, NotFound, StorageTrouble
from components.library.assets import Assets, described
from components.library.derived import Derived
from components.library.gallery import BIN_SECONDS, Gallery
from components.library.preferences import Preferences
from components.library.records import Entry, Generation, Output
from components.library.settings_tag import Recalled, read_tag
from components.library.storage import Storage
from components.library.video_pack import pack_key, pack_videos
from components.media.examine import examine
from components.media.tags import read_tags, taggable

log = logging.getLogger(__name__)

TAGGING = "settings_in_files"
MOST_PACKED = 500
DAY = 86400.0
CLAIM_SECONDS = 2 * DAY
"""How long a removed video's row outlives its files, so that all who share a bucket remove their copies."""


class Outputs:
    """One owner's finished videos."""

    def __init__(
        self, gallery: Gallery, assets: Assets, preferences: Preferences, derived: Derived, storage: Storage
    ) -> None:
        self._gallery, self._assets, self._preferences = gallery, assets, preferences
        self._derived, self._storage = derived, storage

    @property
    def tagging(self) -> bool:
        return bool(self._preferences.get(TAGGING, True))

    def set_tagging(self, value: bool) -> None:
        self._preferences.set(TAGGING, value)

    def download_key(self, output: Output) -> str:
        """The file to give away: with its settings inside, where the switch is on and the kind can hold them."""
        tagged = self.tagging and output.facts and taggable(Path(output.key))
        return self._derived.tagged_key(output) if tagged else output.key

    def examine(self, output_id: str) -> dict[str, Any]:
        """Loudness, black and frozen frames; measured at the first call and kept.

        Raises:
            NotFound: no such video, or its file is gone.
            InvalidVideo: it cannot be decoded.
        """
        entry = self._gallery.entry(output_id)
        if entry.output and entry.output.examined:
            return entry.output.examined
        found = examine(self._storage.path(self._video(entry).key))
        self._gallery.examined(output_id, found)
        return found

    def pack(self, ids: Sequence[str]) -> str:
        """A ZIP of videos with results.csv and manifest.txt; gives its storage key.

        Raises:
            InvalidFile: none of them has a video, or there are more than 500.
        """
        found = [entry for entry in self._gallery.some(ids) if entry.output and entry.output.facts]
        entries = [entry for entry in found if entry.generation.model in MODELS]
        if not entries or len(entries) > MOST_PACKED:
            raise InvalidFile(f"A ZIP takes 1 to {MOST_PACKED} videos.", "Choose other videos.")
        key = pack_key(entries, tagging=self.tagging)
        if not self._storage.has(key):
            pack_videos(self._storage, entries, self._given_away, self._described, key)
        return key

    def recall(self, data: bytes) -> Recalled:
        """Model and parameters from a video that was downloaded here.

        Raises:
            InvalidFile: it carries none.
        """
        return read_tag(read_tags(data))

    def tidy(self) -> None:
        """Once a day: takes away what was cut off, what was in the bin for a week, and exports of that age.

        An export can be made anew. A file that cannot be removed is tried again the next day.
        """
        now = time.time()
        self._storage.sweep(now - DAY)
        for output_id, keys in self._gallery.claim(now - BIN_SECONDS).items():
            removed = [self._remove(key) for key in (*keys, *self._derived.keys(output_id))]
            if all(removed):
                self._gallery.forget(output_id, now - CLAIM_SECONDS)
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

    def _given_away(self, output: Output) -> Path:
        return self._derived.path(self.download_key(output))

    def _described(self, asset_id: str) -> str:
        try:
            return described(self._assets.get(asset_id))
        except NotFound:
            return "a file that is no longer in the library"

    @staticmethod
    def _video(entry: Entry) -> Output:
        if entry.output is None or not entry.output.facts:
            raise NotFound("There is no video to look at.")
        return entry.output


def wanted_seconds(generation: Generation) -> float | None:
    """How long the video was asked to be, where the request says so in frames."""
    spec = MODELS.get(generation.model)
    if spec is None or not spec.fps:
        return None
    counted = {name for preset in spec.durations for name in preset.values}
    frames = [generation.parameters[name] for name in counted if name in generation.parameters]
    return float(frames[0]) / spec.fps if frames else None
