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
from obstore.exceptions import BaseError as StoreError
from obstore.store import S3Store

from components.errors import NotConfigured, NotFound
from components.library.storage import Received, Storage, checked

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
        self._listed = self._bucket

    def put(self, key: str, data: bytes) -> None:
        obstore.put(self._bucket, checked(key), data)
        super().put(key, data)

    def read(self, key: str) -> bytes:
        return self.path(key).read_bytes()

    def keep(self, received: Received, key: str) -> None:
        """To the bucket first: what is called kept must outlive this machine."""
        obstore.put(self._bucket, checked(key), received.path)
        super().keep(received, key)

    @contextmanager
    def writing(self, key: str) -> Iterator[Path]:
        with super().writing(key) as path:
            yield path
        obstore.put(self._bucket, key, super().path(key))

    def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self._bucket, checked(key))
        super().delete(key)

    def has(self, key: str) -> bool:
        if super().has(key):
            return True
        try:
            obstore.head(self._bucket, key)
        except FileNotFoundError:
            return False
        return True

    def path(self, key: str) -> Path:
        if not super().has(key):
            self._fetch(key)
        return super().path(key)

    def address(self, key: str) -> str | None:
        return str(obstore.sign(self._bucket, "GET", checked(key), LINK_LIFE))

    def _fetch(self, key: str) -> None:
        try:
            found = obstore.get(self._bucket, checked(key))
            received = self.receive(key.replace("/", "-"), (bytes(part) for part in found))
        except FileNotFoundError:
            raise NotFound("That file is no longer in the library.") from None
        except StoreError:
            raise NotFound("The bucket does not give the file at the moment.", "Try again later.") from None
        super().keep(received, key)


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
