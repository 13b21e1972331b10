"""Says which addresses lie on the public internet, and refuses all others in a sentence. Fetches nothing."""

from __future__ import annotations

import ipaddress
import socket

from components.errors import UnsafeAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
INSIDE = (".localhost", ".local", ".internal")
WRAPPING = tuple(map(ipaddress.IPv6Network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""IPv6 ranges that hold an IPv4 address within (compatible, NAT64, 6to4, Teredo): what they lead to depends on
the network, so they count as private."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet's, by itself and not by what it wraps."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in WRAPPING):
            return False
    return address.is_global and not address.is_multicast


def refuse_private_host(host: str) -> None:
    """Refuses what a host's name or number alone shows; names are judged by the address that they lead to.

    Raises:
        UnsafeAddress: it is inside this network, or no host at all.
    """
    host = host.rstrip(".")
    if host == "localhost" or host.endswith(INSIDE):
        raise UnsafeAddress("The provider's link points into this network.", "It was not fetched.")
    address = literal(host)
    if address and not is_public(address):
        raise UnsafeAddress("The provider's link points into a private network.", "It was not fetched.")
    try:
        host.encode("idna")
    except UnicodeError:
        raise UnsafeAddress("The provider's link names no possible host.", "It was not fetched.") from None


def public_address_of(host: str) -> str:
    """The address that a name leads to, where all that it leads to are public.

    Raises:
        UnsafeAddress: one is not, or the name cannot be looked up here.
    """
    try:
        entries = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        raise UnsafeAddress(
            "This machine reaches the web through a proxy and cannot look up where the provider's link leads.",
            "It was not fetched. Let the machine look up public names, or set STUDIO_GATEWAY.",
        ) from None
    found = {str(entry[4][0]).split("%")[0] for entry in entries}
    if not found or not all(is_public(ipaddress.ip_address(one)) for one in found):
        raise UnsafeAddress("The provider's link points into a private network.", "It was not fetched.")
    first = min(found, key=lambda one: (":" in one, one))
    return f"[{first}]" if ":" in first else first


def literal(host: str) -> Address | None:
    """The address that a host spells out, in the forms too that only resolvers read (2130706433, 0x7f.1)."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
