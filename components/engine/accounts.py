"""What a studio can say and do about providers' keys and accounts. Sends nothing that costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from components import providers
from components.catalog import model
from components.engine.context import Context
from components.errors import NotConfigured
from components.library.keys import Source
from components.library.records import Generation
from components.providers.base import Account
from components.providers.bhuman.client import BHuman
from components.providers.declarations import Key

Side = Literal["live", "sandbox", "off"]


class Accounts:
    """The part of the door that is about providers; see `components.studio`."""

    _context: Context

    def side(self, model_id: str) -> Side:
        """Where a new generation of this model would go."""
        try:
            return "sandbox" if self._context.connections.uses_sandbox(model(model_id).provider) else "live"
        except NotConfigured:
            return "off"

    def can_link(self, model_id: str) -> bool:
        """Whether files of the studio can be given to this model's provider as web addresses."""
        return self._context.connections.can_link(sandbox=self.side(model_id) == "sandbox")

    def keys(self, provider: str) -> tuple[Key, ...]:
        """The parts of a provider's key, as a person is asked for them."""
        return providers.provider(provider).keys

    def support_id(self, generation: Generation, position: int) -> tuple[str, str] | None:
        """What the provider calls its own id of an output, and the id; None where it gave none."""
        kind = providers.provider(model(generation.model).provider)
        found = kind.id_of(generation.operation or {}, position)
        return (kind.id_label, found) if found else None

    def billing(self, provider: str) -> str:
        """Where a provider's credits are bought."""
        return providers.provider(provider).billing

    def key_source(self, provider: str) -> Source | None:
        """Where a provider's key comes from; None where there is none."""
        return self._context.keys.source(providers.provider(provider).key_names)

    def keep_key(self, provider: str, secrets: Mapping[str, str]) -> None:
        """Keeps a typed key in the data folder, readable by its owner only; an empty one is forgotten.

        Args:
            provider: e.g. `segmind`.
            secrets: by the name of the setting, e.g. `{"segmind_api_key": "SG_..."}`.
        """
        names = providers.provider(provider).key_names
        self._context.keys.keep({name: secrets.get(name, "") for name in names})

    def account(self, provider: str) -> Account:
        """Asks the provider for the account's balance, which proves the key and costs nothing."""
        connections = self._context.connections
        return connections.provider(provider, sandbox=connections.uses_sandbox(provider)).account()

    def bhuman(self) -> BHuman:
        """BHuman's account and store: templates, past videos, workspaces, products."""
        connections = self._context.connections
        client = connections.provider("bhuman", sandbox=connections.uses_sandbox("bhuman"))
        if not isinstance(client, BHuman):
            raise TypeError("the provider called bhuman is another one")
        return client

    def rehearse(self, act: Mapping[str, Any] | None) -> None:
        """Tells the sandbox what its next submissions meet; None ends the rehearsal.

        Raises:
            ProviderTrouble: the sandbox did not answer.
        """
        self._context.connections.rehearse(act)
