"""Decides whom a provider's client talks to: the provider, a gateway or the sandbox. The only `if sandbox`."""

from __future__ import annotations

from pydantic import SecretStr

from components.engine.sandbox_process import SandboxProcess
from components.errors import NotConfigured
from components.providers import PROVIDERS
from components.providers.base import Provider
from components.providers.http import Http
from components.settings import Settings

SANDBOX_KEY = SecretStr("sandbox")


class Connections:
    """Providers' clients, made on demand. A generation stays with the side that it began on."""

    def __init__(self, settings: Settings, sandbox: SandboxProcess) -> None:
        self._settings, self._sandbox = settings, sandbox
        self._clients: dict[tuple[str, str | None], Provider] = {}

    def uses_sandbox(self, provider: str) -> bool:
        """Whether a new generation of this provider goes to the sandbox.

        Raises:
            NotConfigured: there is no key, and the sandbox is switched off.
        """
        has_key = self._settings.key_of(provider) is not None
        if self._settings.sandbox == "never" and not has_key:
            raise NotConfigured(
                f"{PROVIDERS[provider].name} needs an API key.",
                f"Set {provider.upper()}_API_KEY, or set STUDIO_SANDBOX=auto to try it in the sandbox.",
            )
        return self._settings.sandbox == "always" or not has_key

    def gateway(self, *, sandbox: bool) -> str | None:
        return self._sandbox.url() if sandbox else self._settings.gateway

    def provider(self, name: str, *, sandbox: bool) -> Provider:
        """The client of a provider.

        Raises:
            NotConfigured: the key of a live generation was taken away.
        """
        gateway = self.gateway(sandbox=sandbox)
        key = SANDBOX_KEY if sandbox else self._settings.key_of(name)
        if key is None:
            raise NotConfigured(
                f"The key of {PROVIDERS[name].name} is gone.",
                f"Set {name.upper()}_API_KEY again; the generation is still known there.",
            )
        if (name, gateway) not in self._clients:
            kind = PROVIDERS[name]
            http = Http(kind.name, hosts=kind.hosts, header=kind.key_header, key=key, gateway=gateway)
            self._clients[name, gateway] = kind(http, self._settings)
        return self._clients[name, gateway]
