"""What can be done with finished videos: link, copy, measure, pack, and get a file's settings back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from components.catalog import MODELS, model
from components.errors import InvalidFile, NotFound
from components.library.assets import described
from components.library.derived import Derived
from components.library.generation_queries import GenerationQueries
from components.library.marks import Marks
from components.library.names import output_name
from components.library.records import Generation, Output
from components.library.row_pack import pack_rows
from components.library.settings_tag import Recalled, read_tag
from components.library.storage import Storage
from components.library.video_pack import pack_key, pack_videos
from components.media import gate
from components.media.tags import taggable
from components.studio.assets import Assets
from components.studio.files import Files
from components.studio.gallery import Gallery
from components.studio.preferences import Preferences

MOST_PACKED = 500
CODECS = {"hevc": "H.265", "h264": "H.264", "av1": "AV1", "vp8": "VP8", "vp9": "VP9", "prores": "ProRes"}
CODECS |= {"mpeg4": "MPEG-4 video", "mpeg2video": "MPEG-2 video", "mjpeg": "Motion JPEG"}
"""What people call the codecs that FFmpeg names."""


@dataclass(frozen=True)
class OutputLinks:
    """All that a tile needs of a video: where it plays, its poster, where it is saved and under which name."""

    video: str
    poster: str | None
    download: str
    name: str
    codec: str
    """How people call what the picture is coded in; empty where it is not known."""
    playable: str
    """A copy for browsers that do not know that codec; made when it is first asked for."""


@dataclass(frozen=True)
class CardLinks:
    """All that a card needs: a poster, and a short silent clip that is made when it is first asked for."""

    poster: str | None
    preview: str


@dataclass(frozen=True)
class Kept:
    """The file of a video, to be read."""

    path: Path
    name: str
    media_type: str


@dataclass(frozen=True)
class Subjects:
    """The neighbours that finished videos are of use to."""

    generations: GenerationQueries
    gallery: Gallery
    assets: Assets
    preferences: Preferences
    files: Files


class Outputs:
    """One owner's finished videos."""

    def __init__(self, subjects: Subjects, marks: Marks, derived: Derived, storage: Storage) -> None:
        self._of, self._marks, self._derived, self._storage = subjects, marks, derived, storage

    def links(self, generation: Generation, output: Output) -> OutputLinks:
        """For a tile or the page of one video. What comes instead of a video can be saved all the same."""
        name = self.name(generation, output)
        return OutputLinks(
            video=self._of.files.url(output.key),
            poster=self._poster(output),
            download=self._of.files.url(self._download_key(output), name, download=True),
            name=name,
            codec=codec_name(str(output.facts.get("codec", ""))),
            playable=self._of.files.url(self._derived.playable_key(output)),
        )

    def name(self, generation: Generation, output: Output) -> str:
        """What its file is called when it is saved, e.g. `humo-3f2a91c0.mp4`."""
        return output_name(model(generation.model), generation, output)

    def card_links(self, output: Output) -> CardLinks:
        """For a card of the gallery."""
        return CardLinks(self._poster(output), self._of.files.url(self._derived.preview_key(output)))

    def copy(self, output_id: str, target: Path) -> Path:
        """Copies a video to `target`, a file or a folder."""
        output = self._of.generations.output(output_id)
        return Path(shutil.copy2(self._storage.path(output.key), target))

    def file(self, output_id: str) -> Kept:
        """Where a video lies on this machine; one that lies elsewhere is fetched.

        Raises:
            NotFound: no such video, or its file is gone.
            StorageTrouble: it cannot be had at the moment.
        """
        output = self._of.generations.output(output_id)
        name = self.name(self._of.generations.get(output.generation_id), output)
        return Kept(self._storage.path(output.key), name, output.media_type)

    def examine(self, output_id: str) -> dict[str, Any]:
        """Loudness, black and frozen frames; measured at the first call and kept.

        Raises:
            NotFound: no such video, or its file is gone.
            InvalidVideo: it cannot be decoded.
        """
        output = self._of.gallery.entry(output_id).output
        if output is None or not output.facts:
            raise NotFound("There is no video to look at.")
        if output.examined:
            return output.examined
        found = gate.examine(self._storage.path(output.key))
        self._marks.set([output_id], examined=found)
        return found

    def pack(self, ids: Sequence[str]) -> str:
        """A ZIP of videos with results.csv and manifest.txt; gives its storage key.

        Raises:
            InvalidFile: none of them has a video, or there are more than 500.
        """
        found = [entry for entry in self._of.gallery.some(ids) if entry.output and entry.output.facts]
        entries = [entry for entry in found if entry.generation.model in MODELS]
        if not entries or len(entries) > MOST_PACKED:
            raise InvalidFile(f"A ZIP takes 1 to {MOST_PACKED} videos.", "Choose other videos.")
        key = pack_key(entries, tagging=self._of.preferences.tagging)
        if not self._storage.has(key):
            pack_videos(self._storage, entries, self._given_away, self._described, key)
        return key

    def pack_batch(self, generation_id: str) -> str:
        """A ZIP of a generation's videos and a CSV of what became of each row; gives its storage key."""
        generation = self._of.generations.get(generation_id)
        kept = sha256(repr([output.position for output in generation.outputs]).encode()).hexdigest()
        key = f"exports/{generation_id}-{kept[:16]}.zip"
        if not self._storage.has(key):
            pack_rows(self._storage, generation, key)
        return key

    def recall(self, data: bytes) -> Recalled:
        """Model and parameters from a video that was downloaded here.

        Raises:
            InvalidFile: it carries none.
        """
        return read_tag(gate.read_tags(data))

    def _poster(self, output: Output) -> str | None:
        return self._of.files.url(output.poster_key) if output.poster_key else None

    def _download_key(self, output: Output) -> str:
        """The file to give away: with its settings inside, where the switch is on and the kind can hold them."""
        tagged = self._of.preferences.tagging and output.facts and taggable(Path(output.key))
        return self._derived.tagged_key(output) if tagged else output.key

    def _given_away(self, output: Output) -> Path:
        return self._derived.path(self._download_key(output))

    def _described(self, asset_id: str) -> str:
        asset = self._of.assets.find(asset_id)
        return described(asset) if asset else "a file that is no longer in the library"


def codec_name(codec: str) -> str:
    return CODECS.get(codec, codec)
