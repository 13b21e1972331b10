"""`python -m components.engine.delivery_child`: delivers one notice, in a process that has no keys and soon ends.

What it may connect to is decided where it connects, by the number and not by the name: no redirect, no second
look-up of a name and no option of an address leads into a network. It reads an order and writes one word.
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.plugins.base import NotifyBase

from components.engine.notice_kinds import HEADER, KINDS, PASTED, Kind, schema_of
from components.errors import UnsafeAddress
from components.hosts import Address, parse_host
from components.public_address import is_public, public_address_of, refuse_private_host

PROXY_PORTS = {"http": 80, "https": 443}
SENDING = ("socket.connect", "socket.sendto", "socket.sendmsg")
FORBIDDEN = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty")
"""Audit events (docs.python.org/3/library/audit_events.html) of what no notice needs."""


class Refused(Exception):
    """Why not: a word of `delivery.Verdict`."""


class Guard:
    """Refuses connections to what is neither public nor allowed.

    Args:
        allowed: hosts of this network that are, with their ports or with any.
    """

    def __init__(self, allowed: Iterable[str]) -> None:
        self.refused = False
        self._allowed = {host for written in allowed if (host := parse_host(written.strip().lower()))}
        self._proxies = set(_proxies())
        self._places = {place for host in self._allowed | self._proxies for place in _places(host)}

    def refuse_private(self, plugin: NotifyBase) -> None:
        """Raises Refused for a host whose name alone shows that it is within this network, and not allowed."""
        host = str(getattr(plugin, "smtp_host", "") or plugin.host or "").strip("[]").lower()
        if not host or any(one.name == host and one.port in (None, _port(plugin)) for one in self._allowed):
            return
        try:
            refuse_private_host(host)
            if self._proxies:
                # Who connects then is the proxy, which no guard of ours sees.
                public_address_of(host)
        except UnsafeAddress:
            raise Refused("private") from None

    def stand(self) -> None:
        """From now on, for the rest of the process."""
        sys.addaudithook(self._look)

    def allows(self, host: str, port: int) -> bool:
        """Whether a number may be connected to."""
        address = ipaddress.ip_address(host.split("%")[0])
        return is_public(address) or not self._places.isdisjoint({(str(address), port), (str(address), None)})

    def _look(self, event: str, given: tuple[Any, ...]) -> None:
        if event in FORBIDDEN:
            raise PermissionError("a notice needs no other program")
        if event in SENDING and not self._is_allowed(given[1]):
            self.refused = True
            raise PermissionError("a notice goes to public addresses only")

    def _is_allowed(self, address: object) -> bool:
        # Anything else is a socket of this machine, or no address.
        with suppress(ValueError, TypeError):
            return isinstance(address, tuple) and self.allows(str(address[0]), int(address[1]))
        return False


def main() -> None:
    order = json.load(sys.stdin)
    answer = os.fdopen(os.dup(1), "w")
    # What a library prints goes where nobody reads.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        said = deliver(order)
    except Refused as refused:
        said = {"verdict": str(refused)}
    except Exception:
        said = {"verdict": "failed"}
    with answer:
        json.dump(said, answer)


def deliver(order: dict[str, Any]) -> dict[str, str]:
    """Builds what an address means and, if there is something to say, says it.

    Args:
        order: `address`; `hosts` that are allowed though they are not public; and `title` and `body`, without
            which the address is only looked at.

    Raises:
        Refused: the address is not taken.
    """
    kind, parsed = parse(order["address"])
    plugin, guard = build(kind, parsed), Guard(order["hosts"])
    if kind.any_host:
        guard.refuse_private(plugin)
    if "body" not in order:
        return {"verdict": "ok", "kind": kind.name}
    guard.stand()
    sender = Apprise(asset=plugin.asset)
    sender.add(plugin)
    delivered = sender.notify(body=order["body"], title=order["title"], body_format=NotifyFormat.TEXT)
    return {"verdict": "ok" if delivered else "private" if guard.refused else "failed", "kind": kind.name}


def parse(address: str) -> tuple[Kind, dict[str, Any]]:
    """What an address says, as its plugin reads it; raises Refused where that is more than is taken."""
    schema = schema_of(address)
    if schema is None:
        raise Refused("kind")
    for kind in [KINDS[schema]] if schema in KINDS else PASTED:
        plugin, parsed = _plugin(kind), None
        # As apprise does before it parses (plugins/__init__.py, url_to_dict).
        written = address.replace("/#", "/%23")
        with suppress(Exception):  # of an address that nobody wrote so
            parsed = plugin.parse_url(written) if schema in KINDS else plugin.parse_native_url(written)
        if parsed:
            _refuse_options(kind, parsed)
            return kind, parsed
    raise Refused("address" if schema in KINDS else "kind")


def build(kind: Kind, parsed: dict[str, Any]) -> NotifyBase:
    """What sends to it; raises Refused where the address is not whole."""
    # No pictures of elsewhere, no second place to be led to, nothing kept on the disk.
    asset = AppriseAsset(
        app_id="Screentest",
        app_desc="Screentest",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
        async_mode=False,
        interpret_emojis=False,
        storage_mode="memory",
    )
    try:
        return _plugin(kind)(**parsed, asset=asset)
    except (TypeError, ValueError):
        raise Refused("address") from None


def _refuse_options(kind: Kind, parsed: dict[str, Any]) -> None:
    headers = {f"+{name}".lower().strip() for name in parsed["qsd+"]} if HEADER in kind.takes else set()
    if set(parsed["qsd"]) - kind.takes - headers:
        raise Refused("option")


def _plugin(kind: Kind) -> type[NotifyBase]:
    found: type[NotifyBase] = getattr(import_module(kind.module), kind.plugin)
    return found


def _port(plugin: NotifyBase) -> int:
    return int(plugin.port or (443 if plugin.secure else 80))


def _proxies() -> Iterable[Address]:
    """Through which `requests` goes, by the environment."""
    for scheme, url in getproxies().items():
        if scheme in ("http", "https", "all"):
            parts = urlsplit(url if "://" in url else f"http://{url}")
            if parts.hostname:
                yield Address(parts.hostname, parts.port or PROXY_PORTS.get(parts.scheme, 1080))


def _places(host: Address) -> Iterable[tuple[str, int | None]]:
    """The numbers that a name leads to now."""
    with suppress(OSError):
        for entry in socket.getaddrinfo(host.name, None, type=socket.SOCK_STREAM):
            yield str(entry[4][0]).split("%")[0], host.port


if __name__ == "__main__":
    main()
