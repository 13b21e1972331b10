"""Tells web addresses among parameters, and what of one may be shown: they come from people and may be signed."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_address(value: object) -> bool:
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))


def readable(address: str) -> bool:
    """Whether an address can be taken apart and names a possible host, e.g. not `https://[x` or `https://a..b`."""
    try:
        named = urlsplit(address).hostname or ""
        return bool(named.rstrip(".").encode("idna"))
    except ValueError:  # which an impossible name's UnicodeError is too
        return False


def host(address: str) -> str:
    """The host alone."""
    return (urlsplit(address).hostname or "") if readable(address) else "a web address"


def last_part(address: str) -> str:
    """The file's name at its end, else the host; never a query, which may carry a signature."""
    return (urlsplit(address).path.rsplit("/", 1)[-1] if readable(address) else "") or host(address)
