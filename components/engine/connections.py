"""Decides whom a provider's client talks to: the provider, a gateway or the sandbox. The only `if sandbox`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr

from components import providers
from components.catalog import model
from components.engine.sandbox_process import SandboxProcess
from components.errors import NotConfigured, ProviderTrouble
from components.hosts import is_loopback
from components.library.keys import TEAM, Keys
from components.library.links import Links
from components.library.records import Asset, Generation
from components.library.storage import Storage
from components.library.webhooks import WebhookSecrets
from components.providers.base import Provider
from components.providers.http import Http
from components.rehearsing import PERSON_HEADER, mark_of
from components.settings import Settings

SANDBOX_KEY = SecretStr("sandbox")
SANDBOX_TIMEOUT = 30


class Connections:
    """Providers' clients, made on demand. A generation stays with the side that it began on."""

    def __init__(
        self, settings: Settings, sandbox: SandboxProcess, keys: Keys, links: Links, storage: Storage
    ) -> None:
        self._settings, self._sandbox, self._keys = settings, sandbox, keys
        self._links, self._storage, self._secrets = links, storage, WebhookSecrets(settings)
        self._clients: dict[tuple[Any, ...], Provider] = {}

    def has_own_key(self, provider: str, owner: str) -> bool:
        """Whether this person's new generations go to an account of their own."""
        names = providers.provider(provider).key_names
        return self._settings.sandbox != "always" and self._keys.get(names, owner) is not None

    def uses_sandbox(self, provider: str) -> bool:
        """Whether a new generation of this provider, without an own key, goes to the sandbox.

        Raises:
            NotConfigured: there is no key, and the sandbox is switched off.
        """
        kind = providers.provider(provider)
        has_key = self._keys.get(kind.key_names) is not None
        if self._settings.sandbox == "never" and not has_key:
            raise NotConfigured(
                f"{kind.name} needs an API key.",
                f"Give one on the settings page or set {variables(kind)}, "
                "or set STUDIO_SANDBOX=auto to try it in the sandbox.",
            )
        return self._settings.sandbox == "always" or not has_key

    def require_sandbox(self) -> None:
        """Sees to it that the sandbox answers, where new generations would go to it.

        Raises:
            NotConfigured: it does not start.
            requests.RequestException: it does not answer.
        """
        if self._settings.sandbox != "never" and any(map(self.uses_sandbox, providers.PROVIDERS)):
            requests.get(f"{self._sandbox.url()}/healthz", timeout=SANDBOX_TIMEOUT).raise_for_status()

    def gateway(self, *, sandbox: bool) -> str | None:
        return self._sandbox.url() if sandbox else self._settings.gateway

    def provider_of(self, generation: Generation) -> Provider:
        """The client through which a generation began, of the same account; raises as `provider` does."""
        # The sandbox wants to know whose it is, for what they rehearse; a provider whose key.
        owner = generation.owner if generation.own_key or generation.sandbox else TEAM
        return self.provider(model(generation.model).provider, sandbox=generation.sandbox, owner=owner)

    def provider(self, name: str, *, sandbox: bool, owner: str = TEAM) -> Provider:
        """The client of a provider.

        Args:
            name: the provider's.
            sandbox: whether it is to speak to the sandbox.
            owner: whose key: the team's, or this person's own. To the sandbox: whose submission.

        Raises:
            NotConfigured: the key of a live generation was taken away.
        """
        kind, gateway = providers.provider(name), self.gateway(sandbox=sandbox)
        key = dict.fromkeys(kind.key_names, SANDBOX_KEY) if sandbox else self._keys.get(kind.key_names, owner)
        if key is None:
            again = f"Set {variables(kind)}" if owner == TEAM else "Give your own key on the settings page"
            raise NotConfigured(
                f"The key of {kind.name} is gone.", f"{again} again; the generation is still known there."
            )
        headers = dict(kind.headers(key))
        if sandbox:
            headers[PERSON_HEADER] = SecretStr(mark_of(owner))
        # The key is part of the name: one typed anew on the settings page works from the next call on.
        client = (name, gateway, owner if sandbox else "", *key.values())
        if client not in self._clients:
            http = Http(
                kind.name,
                hosts=kind.hosts,
                headers=headers,
                gateway=gateway,
                key=() if sandbox else tuple(key.values()),
            )
            self._clients[client] = kind(http, self._settings)
        return self._clients[client]

    def link(self, asset: Asset, read: Callable[[], bytes], *, sandbox: bool) -> str | None:
        """An address at which a provider can fetch a file of the studio, or None where there is no way."""
        if sandbox:
            return self._sandbox_link(asset, read())
        if self._settings.public_url is None:
            return self._storage.address(asset.key)
        return f"{self._settings.public_url}/files/{self._links.token(asset.key)}/{asset.key.split('/')[-1]}"

    def can_link(self, *, sandbox: bool) -> bool:
        return sandbox or bool(self._settings.public_url or self._settings.media_url)

    def webhook(self, provider: str, generation_id: str, *, sandbox: bool) -> str | None:
        """The address at which a provider is to call about a generation, or None where it could not.

        It is made when the request leaves and kept nowhere.
        """
        public = self._settings.public_url
        if public is None or not _can_call(public, self.gateway(sandbox=sandbox), sandbox=sandbox):
            return None
        if self._settings.many_machines and self._settings.shared_secret is None:
            return None  # a server with a secret of its own would take the call for a forged one
        return f"{public}/webhooks/{provider}/{self._secrets.issue(provider, generation_id)}"

    def _sandbox_link(self, asset: Asset, data: bytes) -> str:
        """The sandbox keeps files that it is handed, and names an address of its own for them."""
        try:
            answer = requests.post(
                f"{self._sandbox.url()}/_sandbox/assets",
                data=data,
                headers={"Content-Type": asset.media_type},
                timeout=SANDBOX_TIMEOUT,
            )
            return str(answer.json()["url"])
        except (requests.RequestException, ValueError, KeyError):
            raise ProviderTrouble("The sandbox did not take the file.", "The studio tries again.") from None


def _can_call(public: str, gateway: str | None, *, sandbox: bool) -> bool:
    """Whether the other side could call there; one that cannot might refuse the whole request for the address.

    Providers want https. What stands in for them on this machine may call this machine; the sandbox nothing else.
    """
    to = urlsplit(public)
    if is_loopback(to.hostname):
        return gateway is not None and is_loopback(urlsplit(gateway).hostname)
    return to.scheme == "https" and not sandbox


def variables(kind: type[Provider]) -> str:
    """The environment variables of a provider's key, e.g. `SEGMIND_API_KEY`."""
    return " and ".join(name.upper() for name in kind.key_names)
