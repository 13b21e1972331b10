"""Turns the file inputs of a request into stored assets that really decode. Never fetches from the network."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from urllib.parse import urlsplit

from components.errors import InvalidFile
from components.media.audio import decode, read_voice
from components.media.image import open_upright, read_portrait
from components.sandbox.files import Files

OWN_HOST = "media.sandbox.local"
"""Where files lie that were handed to the sandbox itself; every provider can read them."""
DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)((?:;[\w.+-]+=[^;,]*)*);base64,", re.ASCII)


class Unusable(ValueError):
    """An input that the provider would refuse; the text is a sentence."""


def from_data_uri(value: str) -> tuple[bytes, str]:
    """The bytes and the media type of a data URI.

    Raises:
        Unusable: it is none.
    """
    head = DATA_URI.match(value)
    if not head:
        raise Unusable("expected data:<media type>;base64,<data>")
    return from_base64(value[head.end() :]), head[1]


def from_base64(value: str) -> bytes:
    """The bytes of bare base64, line breaks allowed.

    Raises:
        Unusable: it is none.
    """
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unusable("neither an address nor valid base64") from None
    if not data:
        raise Unusable("it is empty")
    return data


class Inputs:
    """Reads inputs for one provider; addresses may name its media hosts and the sandbox's own, no others."""

    def __init__(self, files: Files, *media_hosts: str) -> None:
        self._files, self._hosts = files, {OWN_HOST, *media_hosts}

    def portrait(self, value: str) -> str:
        """The stored name of a picture.

        Raises:
            Unusable: it cannot be had or is not a picture.
        """
        data = self._bytes(value)
        try:
            portrait = read_portrait(data)
        except InvalidFile as refused:
            raise Unusable(refused.message) from None
        return self._files.add_asset(portrait.data, portrait.media_type)

    def voice(self, value: str) -> str:
        """The stored name of a sound.

        Raises:
            Unusable: it cannot be had, is not a sound, or is too long.
        """
        data = self._bytes(value)
        try:
            voice = read_voice(data)
        except InvalidFile as refused:
            raise Unusable(refused.message) from None
        return self._files.add_asset(voice.data, voice.media_type)

    def size(self, portrait: str) -> tuple[int, int]:
        """Width and height of a stored picture."""
        return open_upright(self._files.asset(portrait).read_bytes()).size

    def seconds(self, voice: str) -> float:
        """The length of a stored sound."""
        return float(decode(self._files.asset(voice).read_bytes()).duration_seconds)

    def _bytes(self, value: str) -> bytes:
        if value.startswith("data:"):
            return from_data_uri(value)[0]
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", value):
            return self._own_file(value)
        return from_base64(value)

    def _own_file(self, url: str) -> bytes:
        """The file behind `https://MEDIA_HOST/...` or the same through a gateway on any port."""
        try:
            parts = urlsplit(url)
        except ValueError:
            raise Unusable("it is no valid address") from None
        path = parts.path
        if parts.scheme == "http" and is_loopback_host(parts.hostname):
            host, _, path = path.lstrip("/").partition("/")
        else:
            host = parts.hostname or "" if parts.scheme == "https" else ""
        if host not in self._hosts:
            known = " and ".join(sorted(self._hosts))
            raise Unusable(f"the sandbox only reads files of {known}, never the network")
        folder, _, name = path.strip("/").partition("/")
        found = self._files.find(folder, name)
        if not found:
            raise Unusable("there is no file at that address")
        return found.read_bytes()


def is_loopback_host(host: str | None) -> bool:
    """Whether a host's name or number is this machine; no name but `localhost` is known."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
