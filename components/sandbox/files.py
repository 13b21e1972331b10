"""Keeps uploaded assets and rendered clips in the data folder. Knows no provider and no task."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
import tempfile
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}\.[a-z0-9]{1,8}")
# "Output files stay for seven days": docs.segmind.com/api-reference/async-inference, read 2026-11-20.
OUTPUT_SECONDS = 7 * 24 * 3600.0
VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime"}
"""By a clip's container."""
# What the system's own table leaves out or names oddly on some machines.
SUFFIXES = {
    "audio/mp4": ".m4a",
    "audio/webm": ".webm",
    "audio/wav": ".wav",
    "audio/flac": ".flac",
    "audio/ogg": ".ogg",
    "image/webp": ".webp",
    "image/heic": ".heic",
}


class Files:
    """Two folders: `assets`, named by what is in them, and `outputs`, named by their task."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("assets", "outputs"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def add_asset(self, data: bytes, media_type: str = "") -> str:
        """Stores a file and gives its name; the same bytes have the same name."""
        suffix = SUFFIXES.get(media_type) or mimetypes.guess_extension(media_type) or ".bin"
        name = hashlib.sha256(data).hexdigest()[:32] + suffix
        if not self.asset(name).exists():
            self._write(self.asset(name), data)
        return name

    def asset(self, name: str) -> Path:
        return self._folder / "assets" / name

    def output(self, task_id: str) -> Path:
        return self._folder / "outputs" / f"{task_id}.mp4"

    def find(self, folder: str, name: str) -> Path | None:
        """A stored file by the last two parts of its address, or None; never a path out of the folder."""
        if folder not in ("assets", "outputs") or not NAME.fullmatch(name):
            return None
        path = self._folder / folder / name
        return path if path.is_file() else None

    def forget(self, now: float) -> None:
        """Drops old clips, as the provider does."""
        for path in (self._folder / "outputs").iterdir():
            if now - path.stat().st_mtime > OUTPUT_SECONDS:
                path.unlink()

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        """All or nothing: a crash leaves no half file under the name."""
        handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
