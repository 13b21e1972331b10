"""Signs links to kept files, so that only who was shown a file can fetch it, and only for a while."""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import time
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from components.errors import NotFound

PERIOD = 12 * 3600
"""A link lives 12 to 24 hours. Ends are rounded so that a page shows the same link at every rerun, and the
browser's cache and a playing video stay as they are."""

_making = threading.Lock()


class Links:
    """Tokens for storage keys, signed with a secret of the data folder."""

    def __init__(self, folder: Path) -> None:
        self._signer = URLSafeSerializer(secret(folder / "secret"), salt="files")

    def token(self, key: str) -> str:
        return str(self._signer.dumps([key, (int(time.time()) // PERIOD + 2) * PERIOD]))

    def key(self, token: str) -> str:
        """The storage key of a token.

        Raises:
            NotFound: forged, damaged or expired.
        """
        try:
            key, end = self._signer.loads(token)
        except (BadSignature, ValueError, TypeError):
            raise NotFound("This link is not valid.", "Open the page again for a fresh one.") from None
        if time.time() > end:
            raise NotFound("This link has expired.", "Open the page again for a fresh one.")
        return str(key)


def secret(path: Path) -> str:
    """Made once a data folder, readable by its owner only; never seen half-written, so never empty."""
    with _making:
        if not path.is_file() or not path.read_text(encoding="ascii").strip():
            descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix="secret-")
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        return path.read_text(encoding="ascii").strip()
