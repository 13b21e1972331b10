"""Says which Host and Origin headers name this server, and no other. Pure: knows no request and no setting.

A page of elsewhere can reach a server on this machine through a browser: by a name that it points here (DNS
rebinding), or from another port. What tells them apart is what the browser itself writes into Host and Origin.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from components.errors import NotConfigured

LOOPBACK = ("localhost", "127.0.0.1", "::1")
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Address:
    """A host's name in lower case and its port; None where none was written."""

    name: str
    port: int | None


def parse_host(written: str) -> Address | None:
    """What a Host header names; None where it is anything but a name or number and a port."""
    if not (written and written.isascii() and written.isprintable()) or "@" in written or written.endswith(":"):
        return None
    try:
        parts = urlsplit(f"//{written}")
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not name or parts.netloc != written:
        return None
    return Address(name.removesuffix("."), port)


def parse_origin(written: str) -> tuple[str, Address] | None:
    """Scheme and address of an Origin header, the default port filled in; None where it is none of the web."""
    scheme, slashes, rest = written.partition("://")
    host = parse_host(rest)
    if not slashes or host is None or scheme not in DEFAULT_PORTS:
        return None
    return scheme, Address(host.name, host.port or DEFAULT_PORTS[scheme])


def is_loopback(host: str | None) -> bool:
    """Whether a host's name or number is this machine; no name but `localhost` is known."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def refuse_strangers(address: str | None, *, opened: bool) -> None:
    """Listening where others can reach the server has to be a decision.

    Args:
        address: where the server listens; None is everywhere.
        opened: whether somebody has decided so.

    Raises:
        NotConfigured: nobody has.
    """
    if not opened and not is_loopback(address):
        raise NotConfigured(
            f"The studio would listen on {address or 'every address of this machine'}, where others could spend "
            "with your keys.",
            "Set STUDIO_ADDRESS=127.0.0.1, or STUDIO_OPEN=yes if everyone who can reach it may do that.",
        )


@dataclass(frozen=True)
class OwnAddresses:
    """Under which names a server answers: loopback with its own port, its public address, and what is allowed."""

    public_url: str | None = None
    """The address in front of a proxy, with its scheme."""
    allowed: tuple[str, ...] = ()
    """Further hosts, `name` or `name:port`; without a port its own and the web's default ones."""

    def knows_host(self, written: str, server: tuple[str, int | None]) -> bool:
        """Whether a Host header names this server.

        Args:
            written: the header's value.
            server: the address and port of the connection's own end, as the system tells it.
        """
        host = parse_host(written)
        if host is None:
            return False
        return self._is_here(host, server) or self._is_public(host) or self._is_allowed(host, server[1])

    def knows_origin(self, written: str, server: tuple[str, int | None]) -> bool:
        """Whether an Origin header names a page of this server; arguments as in `knows_host`."""
        origin = parse_origin(written)
        if origin is None or written != written.strip():
            return False
        scheme, host = origin
        if self._is_here(host, server):
            return scheme == "http"
        if self._public() == (scheme, host):
            return True
        return self._is_allowed(host, server[1])

    @staticmethod
    def _is_here(host: Address, server: tuple[str, int | None]) -> bool:
        """A number that is the connection's own end cannot be rebound: only names can."""
        return (host.port or DEFAULT_PORTS["http"]) == server[1] and host.name in (*LOOPBACK, server[0].lower())

    def _public(self) -> tuple[str, Address] | None:
        if self.public_url is None:
            return None
        parts = urlsplit(self.public_url)
        return parse_origin(f"{parts.scheme}://{parts.netloc.lower()}")

    def _is_public(self, host: Address) -> bool:
        public = self._public()
        if public is None:
            return False
        scheme, at = public
        return Address(host.name, host.port or DEFAULT_PORTS[scheme]) == at

    def _is_allowed(self, host: Address, port: int | None) -> bool:
        for entry in self._entries():
            ports: Iterable[int | None] = [entry.port] if entry.port else (None, port, *DEFAULT_PORTS.values())
            if host.name == entry.name and host.port in ports:
                return True
        return False

    def _entries(self) -> list[Address]:
        return [entry for written in self.allowed if (entry := parse_host(written.strip().lower()))]
