"""Takes a person's file in: checked by what it is, made ready to be sent, kept once. Knows no model."""

from __future__ import annotations

import hashlib
import time
import uuid
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, Literal

from components.catalog import longest_voice
from components.catalog.limits import WAV, becomes_wav, picture_problem, voice_problem
from components.catalog.spec import ModelSpec
from components.errors import InvalidAudio, InvalidFile, InvalidImage, StorageTrouble
from components.library.assets import Assets
from components.library.records import Asset
from components.library.storage import Storage
from components.media import gate

Kind = Literal["image", "audio"]


class Intake:
    """The way of a file into the library of one owner."""

    def __init__(self, assets: Assets, storage: Storage) -> None:
        self._assets, self._storage = assets, storage

    def keep(
        self, source: bytes | Path, name: str, kind: Kind | None = None, spec: ModelSpec | None = None
    ) -> Asset:
        """Checks and keeps a file.

        Args:
            source: where it lies, or its content.
            name: what the person calls it.
            kind: "image" or "audio"; without it the content decides.
            spec: the model that it shall be fit for; without it, it may be what any model takes.

        Raises:
            InvalidFile: a sentence that says what is wrong with it.
        """
        if kind == "image":
            return self._image(source, name, spec)
        if kind == "audio":
            return self._audio(source, name, spec)
        try:
            return self._image(source, name, spec)
        except InvalidImage:
            return self._audio(source, name, spec)

    def _image(self, source: bytes | Path, name: str, spec: ModelSpec | None) -> Asset:
        portrait, face = gate.read_portrait(source, name)
        if spec and spec.picture:
            sides = (portrait.width, portrait.height)
            wrong = picture_problem(spec.picture, sides, len(portrait.data), portrait.media_type)
            if wrong:
                raise InvalidImage(f"For {spec.name} a picture {wrong}", "Choose or export another one.")
        facts = {
            "width": portrait.width,
            "height": portrait.height,
            "notes": list(portrait.notes),
            "face_found": face.found,
            "face": face.words,
        }
        return self._keep("image", name, portrait.data, portrait.media_type, portrait.suffix, facts)

    def _audio(self, source: bytes | Path, name: str, spec: ModelSpec | None) -> Asset:
        limits = (spec.voice if spec else None) or longest_voice()
        voice = gate.read_voice(source, name, longest=limits.most_seconds, inclusive=limits.inclusive)
        if becomes_wav(limits, voice.media_type):
            wav = gate.as_wav(voice.data, voice.seconds)
            voice = replace(voice, data=wav, media_type=WAV, suffix=".wav")
        wrong = voice_problem(limits, voice.seconds, len(voice.data), voice.media_type)
        if wrong and spec:
            raise InvalidAudio(f"For {spec.name} a voice {wrong}", "Export or record another one.")
        facts = {
            "seconds": voice.seconds,
            "lead_silence": voice.lead_silence,
            "peak_dbfs": voice.peak_dbfs,
            "bars": list(voice.bars),
        }
        return self._keep("audio", name, voice.data, voice.media_type, voice.suffix, facts)

    def keep_as_wav(self, asset: Asset, data: bytes) -> Asset:
        """Keeps a kept voice once more, as the WAV that was made of it."""
        return self._keep("audio", asset.name, data, WAV, ".wav", dict(asset.facts))

    def _keep(
        self, kind: Kind, name: str, data: bytes, media_type: str, suffix: str, facts: dict[str, Any]
    ) -> Asset:
        digest, called = hashlib.sha256(data).hexdigest(), _tidy(name)
        same = self._assets.same_content(kind, digest, called)
        asset_id = uuid.uuid4().hex
        # One content is kept once; what was lost from the folder or the bucket comes back when it is added again.
        key = same.key if same else f"assets/{asset_id}.{suffix.lstrip('.')}"
        self._put(key, data)
        if same and called in ("", same.name) and same.facts == facts:
            return same
        return self._assets.add(
            id=asset_id,
            kind=kind,
            name=called or f"{kind}.{suffix.lstrip('.')}",
            media_type=media_type,
            key=key,
            size=len(data),
            sha256=digest,
            facts=facts,
            created_at=time.time(),
        )

    def _put(self, key: str, data: bytes) -> None:
        """Keeps the content under a key that may have it already."""
        try:
            if not self._storage.has(key):
                self._storage.put(key, data)
        except StorageTrouble as trouble:
            raise InvalidFile("The file is fine, but it could not be kept.", trouble.hint) from trouble


def _tidy(name: str) -> str:
    """A file's own name without folders and control characters, at most 120 characters."""
    last = PurePath(name.replace("\\", "/")).name
    tidy = "".join(letter for letter in last if letter.isprintable())[:120].strip()
    return tidy if tidy.strip(".") else ""
