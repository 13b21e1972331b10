"""Takes a provider's call: whoever knows the secret may have the studio look, and nothing else."""

from __future__ import annotations

from components.library.webhooks import Webhooks as Rows
from components.library.webhooks import WebhookSecrets
from components.settings import Settings


class Webhooks:
    """Calls about generations of every owner: providers know none."""

    def __init__(self, settings: Settings, rows: Rows) -> None:
        self._secrets, self._rows = WebhookSecrets(settings), rows

    def generation(self, provider: str, secret: str) -> str:
        """The id of the generation that a call is about; raises NotFound where the secret is forged."""
        return self._secrets.read(provider, secret)

    def came(self, generation_id: str) -> None:
        """Has it checked soon, if its provider was asked to call and it has not ended."""
        self._rows.came(generation_id)
