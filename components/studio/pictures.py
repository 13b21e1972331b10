"""Small pictures for pages: of a picture of ours, or of one that a provider names."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from components.engine.connections import Connections
from components.errors import StudioError
from components.fetch import open_url
from components.media import gate
from components.media.image import thumbnail
from components.studio.accounts import Accounts

CHUNKS = 40
"""Of 256 KiB each: ten megabytes are enough for a thumbnail's source."""
SIDE = 360


class Pictures:
    """Makes thumbnails; keeps none."""

    def __init__(self, connections: Connections, accounts: Accounts) -> None:
        self._connections, self._accounts = connections, accounts

    def small(self, path: Path, side: int) -> bytes:
        """A JPEG of a picture that comes with the studio."""
        return thumbnail(path.read_bytes(), side)

    def fetch(self, url: str, model_id: str) -> bytes | None:
        """A small JPEG of a picture that a provider names; None where it cannot be had or is none."""
        gateway = self._connections.gateway(sandbox=self._accounts.side(model_id) == "sandbox")
        try:
            with open_url(url, gateway=gateway) as chunks:
                data = b"".join(islice(chunks, CHUNKS))
            return gate.thumbnail(data, SIDE)
        except StudioError:
            return None
