"""Signs what a browser is trusted with for a while: links to kept files, and by `listening` who may listen."""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import time
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from components.errors import NotFound
from components.library.private import FOLDER
from components.settings import Settings

PERIOD = 12 * 3600
"""A link lives 12 to 24 hours. Ends are rounded so that a page shows the same link at every rerun, and the
browser's cache and a playing video stay as they are."""

_making = threading.Lock()


class Signed:
    """Tokens that say one thing, signed with the studio's secret; of another salt they are forged."""

    def __init__(self, settings: Settings, salt: str) -> None:
        self._signer = URLSafeSerializer(secret(settings), salt=salt)

    def token(self, content: str) -> str:
        return str(self._signer.dumps([content, (int(time.time()) // PERIOD + 2) * PERIOD]))

    def read(self, token: str) -> tuple[str, float]:
        """What a token says, and until when.

        Raises:
            NotFound: forged, damaged or expired.
        """
        try:
            content, end = self._signer.loads(token)
            until = float(end)
        except (BadSignature, ValueError, TypeError):
            raise NotFound("This link is not valid.", "Open the page again for a fresh one.") from None
        if time.time() > until:
            raise NotFound("This link has expired.", "Open the page again for a fresh one.")
        return str(content), until


class Links(Signed):
    """Tokens for storage keys: one person's, whom the files route must know, or whoever's has the link.

    Args:
        settings: hold the secret.
        person: who signed in; without one it is the studio's only person, or a provider that is to fetch a file.
    """

    def __init__(self, settings: Settings, person: str = "") -> None:
        super().__init__(settings, salt=f"files:{person}" if person else "files")

    def key(self, token: str) -> str:
        """The storage key of a token; raises NotFound as `read` does."""
        return self.read(token)[0]


def secret(settings: Settings) -> str:
    """The one that is set, so that several servers sign alike; else the data folder's own."""
    if settings.shared_secret:
        return settings.shared_secret.get_secret_value()
    return _kept(settings.data_dir / "secret")


def _kept(path: Path) -> str:
    """Made once a data folder, readable by its owner only; never seen half-written, so never empty."""
    with _making:
        if not path.is_file() or not path.read_text(encoding="ascii").strip():
            # A server asks for it before its engine has made the folder.
            path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix="secret-")
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        return path.read_text(encoding="ascii").strip()
