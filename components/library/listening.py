"""Signs the tokens with which a page's browser may listen for changes: whose they are, and until when."""

from __future__ import annotations

from dataclasses import dataclass

from components.library.links import Signed
from components.settings import Settings


@dataclass(frozen=True)
class ListeningToken:
    """What a good token says."""

    owner: str
    until: float


class ListeningTokens(Signed):
    """Tokens for listening, never good for a file."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, salt="events")

    def issue(self, owner: str) -> str:
        """A token that lives 12 to 24 hours, and stays the same for a while so that pages do, as links do."""
        return self.token(owner)

    def check(self, token: str) -> ListeningToken:
        """Reads a token; raises NotFound where it is forged, damaged or expired."""
        return ListeningToken(*self.read(token))
