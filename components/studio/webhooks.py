"""Takes a provider's call: whoever knows the secret may have the studio look, and nothing else."""

from __future__ import annotations

from components.errors import NotFound
from components.library.webhooks import Webhooks as Rows
from components.library.webhooks import WebhookSecrets
from components.settings import Settings


class Webhooks:
    """Calls about generations of every owner: providers know none."""

    def __init__(self, settings: Settings, rows: Rows) -> None:
        self._secrets, self._rows = WebhookSecrets(settings), rows

    def knows(self, provider: str, secret: str) -> bool:
        """Whether a call is about a generation of this studio; asks no database."""
        try:
            self._secrets.read(provider, secret)
        except NotFound:
            return False
        return True

    def take(self, provider: str, secret: str) -> None:
        """Has the generation checked soon, if its provider was asked to call and it has not ended.

        Raises:
            NotFound: the secret is forged.
        """
        self._rows.came(self._secrets.read(provider, secret))
