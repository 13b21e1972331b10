"""Who may listen to the live status of this studio: its tokens are given to pages and checked at the socket."""

from __future__ import annotations

from components.errors import NotFound
from components.library.listening import ListeningTokens
from components.settings import Settings


class Live:
    """One owner's tokens for listening."""

    def __init__(self, settings: Settings, owner: str) -> None:
        self._tokens, self._owner = ListeningTokens(settings), owner

    @property
    def token(self) -> str:
        """With which a page's browser may listen; it lives 12 to 24 hours and stays the same for a while."""
        return self._tokens.issue(self._owner)

    def until(self, token: str) -> float:
        """Until when its bearer may listen, in unix seconds.

        Raises:
            NotFound: it is forged, damaged or expired, or of another owner.
        """
        granted = self._tokens.check(token)
        if granted.owner != self._owner:
            raise NotFound("This link is not valid.", "Open the page again for a fresh one.")
        return granted.until
