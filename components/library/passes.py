"""Signs the passes with which a page's browser may listen for changes: whose they are, and until when."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from components.errors import NotFound
from components.library.links import PERIOD, secret


@dataclass(frozen=True)
class Pass:
    """What a good token says."""

    owner: str
    until: float


class Passes:
    """Tokens signed with the secret of the data folder, but never good for a file."""

    def __init__(self, folder: Path) -> None:
        self._signer = URLSafeSerializer(secret(folder / "secret"), salt="events")

    def issue(self, owner: str) -> str:
        """A token that lives 12 to 24 hours, and stays the same for a while so that pages do, as links do."""
        return str(self._signer.dumps([owner, (int(time.time()) // PERIOD + 2) * PERIOD]))

    def check(self, token: str) -> Pass:
        """Reads a token.

        Raises:
            NotFound: forged, damaged or expired.
        """
        try:
            owner, until = self._signer.loads(token)
            found = Pass(str(owner), float(until))
        except (BadSignature, ValueError, TypeError):
            raise NotFound("This pass is not valid.", "Open the page again for a fresh one.") from None
        if time.time() > found.until:
            raise NotFound("This pass has expired.", "Open the page again for a fresh one.")
        return found


@cache
def passes(folder: Path) -> Passes:
    """Those of a data folder; its secret is read once, not at every rerun of every page."""
    return Passes(folder)
