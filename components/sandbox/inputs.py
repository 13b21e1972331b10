"""Turns the file inputs of a request into stored assets that really decode. Never fetches from the network.

An address that it cannot read is a good input all the same, as it is to the provider: a stand-in takes its place.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from components.catalog import longest_voice
from components.catalog.limits import picture_problem, voice_problem
from components.catalog.spec import PictureLimits, VoiceLimits
from components.errors import InvalidFile
from components.media import gate
from components.media.audio import decode
from components.media.image import open_upright
from components.sandbox.files import Files

OWN_HOST = "media.sandbox.local"
"""Where files lie that were handed to the sandbox itself; every provider can read them."""
DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)((?:;[\w.+-]+=[^;,]*)*);base64,", re.ASCII)

WEB_HOST = re.compile(r"(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)+", re.ASCII)
ASSETS = Path(__file__).resolve().parents[2] / "assets"
STAND_INS = {
    "image": (ASSETS / "sample-portrait.jpg", "image/jpeg"),
    "audio": (ASSETS / "sample-voice.mp3", "audio/mpeg"),
}
LONGEST_SECONDS = 3600.0


class Unusable(ValueError):
    """An input that the provider would refuse; the text is a sentence."""


class Elsewhere(Exception):
    """A good address at a host that the sandbox does not read."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(host)


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


@dataclass(frozen=True)
class Given:
    """A file of a request, stored."""

    name: str
    unread_host: str = ""
    """Whose web address it was: the sandbox reads nothing from the network, and took a stand-in of its own."""


class Inputs:
    """Reads inputs for one provider; its media hosts and the sandbox's own are read, others stood in for."""

    def __init__(self, files: Files, *media_hosts: str) -> None:
        self._files, self._hosts = files, {OWN_HOST, *media_hosts}

    def portrait(self, value: str, limits: PictureLimits | None = None) -> Given:
        """A picture, within a model's limits.

        Raises:
            Unusable: it cannot be had, is not a picture, or not what the model takes.
        """
        try:
            data = self._bytes(value)
        except Elsewhere as elsewhere:
            return Given(self.stand_in("image"), elsewhere.host)
        try:
            given = gate.read_picture(data)
        except InvalidFile as refused:
            raise Unusable(refused.message) from None
        if limits:
            _refuse(picture_problem(limits, given.sides, len(data), given.media_type))
        return Given(self._files.add_asset(given.portrait.data, given.portrait.media_type))

    def voice(self, value: str, limits: VoiceLimits | None = None) -> Given:
        """A sound, within a model's limits.

        Raises:
            Unusable: it cannot be had, is not a sound, or not what the model takes.
        """
        try:
            data = self._bytes(value)
        except Elsewhere as elsewhere:
            return Given(self.stand_in("audio"), elsewhere.host)
        limits = limits or longest_voice()
        try:
            voice = gate.read_voice(data, longest=limits.most_seconds, inclusive=limits.inclusive)
        except InvalidFile as refused:
            raise Unusable(refused.message) from None
        _refuse(voice_problem(limits, voice.seconds, len(data), sound_type(data)))
        return Given(self._files.add_asset(voice.data, voice.media_type))

    def stand_in(self, kind: Literal["image", "audio"]) -> str:
        """The stored name of the sample portrait or voice."""
        file, media_type = STAND_INS[kind]
        return self._files.add_asset(file.read_bytes(), media_type)

    def size(self, portrait: str) -> tuple[int, int]:
        """Width and height of a stored picture."""
        return open_upright(self._files.asset(portrait).read_bytes()).size

    def seconds(self, voice: str) -> float:
        """The length of a stored sound."""
        return float(decode(self._files.asset(voice).read_bytes(), LONGEST_SECONDS).duration_seconds)

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
            if parts.scheme == "https" and WEB_HOST.fullmatch(host) and not re.search(r"\s", url):
                raise Elsewhere(host)
            raise Unusable("it must be a web address that begins with https://")
        folder, _, name = path.strip("/").partition("/")
        found = self._files.find(folder, name)
        if not found:
            raise Unusable("there is no file at that address")
        return found.read_bytes()


def _refuse(problem: str | None) -> None:
    """Raises what is wrong, said of "it".

    Raises:
        Unusable: something is.
    """
    if problem:
        raise Unusable(f"it {problem}")


def sound_type(data: bytes) -> str:
    """The media type by what the file begins with; nothing where no provider names such files."""
    starts = {
        b"ID3": "audio/mpeg",
        b"OggS": "audio/ogg",
        b"fLaC": "audio/flac",
        b"RIFF": "audio/wav",
    }
    found = next((kind for start, kind in starts.items() if data.startswith(start)), "")
    if not found and data[4:8] == b"ftyp":
        return "audio/mp4"
    if not found and data[:1] == b"\xff" and len(data) > 1 and data[1] & 0xE0 == 0xE0:
        return "audio/aac" if data[1] & 0x06 == 0 else "audio/mpeg"
    return found


def is_loopback_host(host: str | None) -> bool:
    """Whether a host's name or number is this machine; no name but `localhost` is known."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
