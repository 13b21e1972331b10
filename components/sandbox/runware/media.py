"""Keeps and reads the files that Runware is given: by number, by address, as data. Knows no task.

Sources, read 2026-11-20: runware.ai/docs/platform/media-storage; Runware's pages of its models (a voice as number
or address only, which is what the strictest of them takes). Sizes and lengths: the catalog.
"""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from components.catalog.spec import VoiceLimits
from components.errors import InvalidFile
from components.media import gate
from components.sandbox.files import Files
from components.sandbox.inputs import DATA_URI, Elsewhere, Given, Inputs, Unusable

HOST = "im.runware.ai"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Media(Inputs):
    """Runware's media storage."""

    def __init__(self, files: Files) -> None:
        super().__init__(files, HOST)

    def store(self, media: str) -> tuple[str, str]:
        """Keeps a file; gives its number and its name.

        Raises:
            Unusable: it cannot be had, or is neither picture nor sound.
        """
        try:
            data = self._bytes(media)
        except Elsewhere:
            raise Unusable("the sandbox stores files that it is sent, and fetches none from the network") from None
        head = DATA_URI.match(media)
        kind = head[1] if head else _suffix_type(media)
        if not (_is_picture(data) or _is_sound(data)):
            raise Unusable("it is neither an image nor audio")
        name = self._files.add_asset(data, kind)
        return _number(name), name

    def has(self, number: str) -> bool:
        return self._name(number) is not None

    def voice(self, value: str, limits: VoiceLimits | None = None) -> Given:
        """A sound by number or address; raises as `Inputs.voice` does."""
        if not UUID.fullmatch(value) and not value.lower().startswith(("https://", "http://")):
            raise Unusable("audio is taken as the UUID of an uploaded file or as a URL only")
        return super().voice(value, limits)

    def _bytes(self, value: str) -> bytes:
        if not UUID.fullmatch(value):
            return super()._bytes(value)
        name = self._name(value)
        if name is None:
            raise Unusable("there is no uploaded file with that UUID")
        return self._files.asset(name).read_bytes()

    def _name(self, number: str) -> str | None:
        """Files are named by their content, and so are their numbers: nothing else has to be kept."""
        folder = self._files.asset("any").parent
        return next((path.name for path in folder.iterdir() if _number(path.name) == number.lower()), None)


def is_v4(value: Any) -> bool:
    """Whether it is a version 4 UUID as text."""
    return isinstance(value, str) and UUID.fullmatch(value) is not None and uuid.UUID(value).version == 4


def _number(name: str) -> str:
    stem = name.partition(".")[0]
    known = re.fullmatch(r"[0-9a-f]{32}", stem)
    return str(uuid.UUID(hex=stem, version=4)) if known else ""


def _suffix_type(media: str) -> str:
    """The media type of a file that is named by address; the content decides what it is."""
    suffix = urlsplit(media).path.rpartition(".")[2].lower() if "://" in media[:10] else ""
    known = {
        "png": "image/png",
        "jpg": "image/jpeg",
        "webp": "image/webp",
        "wav": "audio/wav",
        "mp3": "audio/mpeg",
    }
    return known.get(suffix, "")


def _is_picture(data: bytes) -> bool:
    try:
        gate.thumbnail(data, 64)
    except InvalidFile:
        return False
    return True


def _is_sound(data: bytes) -> bool:
    try:
        return gate.has_sound(data)
    except InvalidFile:
        return False
