"""Providers' keys and accounts: where a model's next generation would go, whose key is there. Costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from components import providers
from components.catalog import model
from components.engine.connections import Connections
from components.errors import NotConfigured
from components.library.keys import TEAM, Keys, Source
from components.library.records import Generation
from components.providers.base import Account
from components.providers.bhuman.client import BHuman
from components.providers.declarations import Key

Side = Literal["live", "sandbox", "off"]


class Accounts:
    """The accounts at the providers that this studio speaks to, and the sandbox in their stead."""

    def __init__(self, keys: Keys, connections: Connections, owner: str) -> None:
        self._keys, self._connections, self._owner = keys, connections, owner

    def side(self, model_id: str) -> Side:
        """Where a new generation of this model would go."""
        provider = model(model_id).provider
        return "live" if self.has_own_key(provider) else self._team_side(provider)

    def team_side(self, provider: str) -> Side:
        """Where those go who have no key of their own."""
        return self._team_side(provider)

    def uses_sandbox(self, provider: str) -> bool:
        """Whether what this person makes next goes to the sandbox; raises NotConfigured where it is off."""
        return not self.has_own_key(provider) and self._connections.uses_sandbox(provider)

    def can_link(self, model_id: str) -> bool:
        """Whether files of the studio can be given to this model's provider as web addresses."""
        return self._connections.can_link(sandbox=self.side(model_id) == "sandbox")

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

    def history(self, provider: str) -> str:
        """Where a person looks up past generations in their account."""
        return providers.provider(provider).history

    def status_page(self, provider: str) -> str:
        """Where a provider tells of its troubles; nothing where it does so nowhere that is known."""
        return providers.provider(provider).status_page

    def key_source(self, provider: str) -> Source | None:
        """Where a provider's key comes from; None where there is none."""
        return self._keys.source(providers.provider(provider).key_names)

    def keep_key(self, provider: str, secrets: Mapping[str, str]) -> None:
        """Keeps a typed key for everybody's work, sealed; an empty one is forgotten.

        Args:
            provider: e.g. `segmind`.
            secrets: by the name of the setting, e.g. `{"segmind_api_key": "SG_..."}`.
        """
        self._keep(provider, secrets, TEAM)

    def ask(self, provider: str) -> Account:
        """Asks the provider for the team's balance, which proves the key and costs nothing."""
        sandbox = self._connections.uses_sandbox(provider)
        return self._connections.provider(provider, sandbox=sandbox).account()

    def has_own_key(self, provider: str) -> bool:
        """Whether what this person makes next is paid from an account of their own."""
        return self._connections.has_own_key(provider, self._owner)

    def keep_own_key(self, provider: str, secrets: Mapping[str, str]) -> None:
        """The same as `keep_key`, for this person's own work only."""
        self._keep(provider, secrets, self._owner)

    def ask_own(self, provider: str) -> Account:
        """Asks for the balance of this person's own account; raises NotConfigured where they have no key."""
        return self._connections.provider(provider, sandbox=False, owner=self._owner).account()

    def template_store(self) -> BHuman:
        """BHuman's account and store: templates, past videos, workspaces, products."""
        provider = providers.name_of(BHuman)
        owner = self._owner if self.has_own_key(provider) else TEAM
        client = self._connections.provider(provider, sandbox=self.uses_sandbox(provider), owner=owner)
        return cast(BHuman, client)

    def _team_side(self, provider: str) -> Side:
        """What an admin may ask for by itself, and everybody's `side` is made of."""
        try:
            return "sandbox" if self._connections.uses_sandbox(provider) else "live"
        except NotConfigured:
            return "off"

    def _keep(self, provider: str, secrets: Mapping[str, str], owner: str) -> None:
        names = providers.provider(provider).key_names
        self._keys.keep({name: secrets.get(name, "") for name in names}, owner)
