"""Keeps files in an S3 bucket, with a copy of each in the data folder. Knows no table and no provider.

The copy is what players and probes read; a machine that lacks it fetches it once. Keys of the bucket come from
the environment, as AWS's own tools read them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL ...).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore.store import S3Store

from components.errors import NotConfigured, NotFound
from components.library.storage import Received, Storage, checked, in_words, listed

LINK_LIFE = timedelta(hours=1)
"""A provider fetches its inputs at once; an hour covers a queue."""


class Bucket(Storage):
    """Files by key in `s3://bucket/prefix`, and as copies in a folder."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder)
        endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
        options: dict[str, Any] = (
            {"client_options": {"allow_http": True}} if endpoint.startswith("http://") else {}
        )
        self._bucket = S3Store.from_url(url, **options)

    @in_words()
    def put(self, key: str, data: bytes) -> None:
        obstore.put(self._bucket, checked(key), data)
        super().put(key, data)

    @in_words()
    def read(self, key: str) -> bytes:
        return self.path(key).read_bytes()

    @in_words()
    def keep(self, received: Received, key: str) -> None:
        """To the bucket first: what is called kept must outlive this machine."""
        obstore.put(self._bucket, checked(key), received.path)
        super().keep(received, key)

    @contextmanager
    def writing(self, key: str) -> Iterator[Path]:
        with super().writing(key) as path:
            yield path
            obstore.put(self._bucket, key, path)

    @in_words()
    def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self._bucket, checked(key))
        super().delete(key)

    @in_words()
    def older(self, folder: str, before: float) -> list[str]:
        """Of the bucket and of this machine: another one may have removed what is a copy here."""
        there = [str(o["path"]) for o in listed(self._bucket, folder) if o["last_modified"].timestamp() < before]
        return sorted({*there, *super().older(folder, before)})

    @in_words()
    def sizes(self, folder: str) -> list[int]:
        """Of the bucket: what lies here is a copy."""
        return [int(one["size"]) for one in listed(self._bucket, folder)]

    @in_words()
    def probe(self) -> None:
        """Asks the bucket for a file that may be missing: what it says of it shows that it answers us."""
        super().probe()
        with suppress(FileNotFoundError):
            obstore.head(self._bucket, "outputs/ready.bin")

    @in_words()
    def has(self, key: str) -> bool:
        if super().has(key):
            return True
        try:
            obstore.head(self._bucket, key)
        except FileNotFoundError:
            return False
        return True

    def path(self, key: str) -> Path:
        if self.local(key) is None:
            self._fetch(key)
        return super().path(key)

    @in_words()
    def address(self, key: str) -> str | None:
        return str(obstore.sign(self._bucket, "GET", checked(key), LINK_LIFE))

    @in_words()
    def _fetch(self, key: str) -> None:
        """Makes the copy. Two may fetch one file at a time: each writes its own, and the last one stays."""
        try:
            found = obstore.get(self._bucket, checked(key))
        except FileNotFoundError:
            raise NotFound("That file is no longer in the library.") from None
        with super().writing(key) as path, path.open("wb") as file:
            for part in found:
                file.write(part)
            file.flush()
            # What is called a copy is read instead of the bucket from then on: a power cut must not empty it.
            os.fsync(file.fileno())


def open_storage(folder: Path, url: str | None) -> Storage:
    """The storage that the settings ask for.

    Raises:
        NotConfigured: an address of another kind.
    """
    if url is None:
        return Storage(folder)
    if not url.startswith("s3://"):
        raise NotConfigured(
            "STUDIO_MEDIA_URL must look like s3://bucket/prefix.", "Or leave it out: a folder is used."
        )
    return Bucket(folder, url)
