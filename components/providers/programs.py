"""Shows a request as programs that run: Python with `requests`, and curl. Pure: sends nothing, reads no file.

The body is the one that the provider's own `build` makes. Keys, and addresses that may carry a signature or
reach somebody else, are read from environment variables; files lie beside the program.
"""

from __future__ import annotations

import mimetypes
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from components.catalog.addresses import is_address, readable
from components.catalog.spec import ModelSpec
from components.errors import InvalidRequest, NotFound
from components.providers import provider
from components.providers.base import JSON, Provider
from components.providers.declarations import Programs
from components.providers.program_text import Slot, as_python, as_shell, fill
from components.settings import Settings

USUAL_TYPES = {"image": "image/jpeg", "audio": "audio/mpeg"}
SUFFIXES = {"image/jpeg": ".jpg", "audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/mp4": ".m4a"}
PLAIN_ADDRESS = re.compile(r"https://[A-Za-z0-9.:-]+/[A-Za-z0-9._~/%+-]*")
IMPORTS = ("base64", "os", "time", "uuid")
PYTHON_HEAD = """# @MODEL@: sends one real request, which your account pays for.
# @STEPS@
@IMPORTS@

import requests
"""
CURL_HEAD = """#!/bin/sh
# @MODEL@: sends one real request, which your account pays for.
# @STEPS@
set -eu
"""


@dataclass(frozen=True)
class Shown:
    """One request, twice."""

    python: str
    curl: str
    key_names: tuple[str, ...]
    """Environment variables that hold the key."""
    addresses: tuple[str, ...] = ()
    """Environment variables that hold web addresses."""
    files: tuple[str, ...] = ()
    """Names of the files that must lie beside the program."""

    @property
    def steps(self) -> str:
        """What to do before it runs."""
        return _steps(self.key_names, self.addresses, self.files)


def show_request(spec: ModelSpec, parameters: JSON, media_type: Callable[[str], str], settings: Settings) -> Shown:
    """The programs for a request.

    Args:
        spec: the model.
        parameters: by documented name, files as asset ids or addresses.
        media_type: tells an asset's type by its id; raises NotFound where it is gone.
        settings: decide on the names of undocumented inputs.

    Raises:
        InvalidRequest: it lacks what the provider cannot do without.
    """
    lacking = [name for name in spec.parameters() if spec.field(name).is_required() and not parameters.get(name)]
    if lacking:
        raise InvalidRequest({name: f"{spec.control(name).title} ({name}) is missing." for name in lacking})
    kind = provider(spec.provider)
    values = {name: _value(spec, name, value) for name, value in parameters.items() if value is not None}
    given = {
        name: _file(kind, spec, name, str(values.pop(name)), media_type)
        for name in spec.files()
        if values.get(name)
    }
    local = {name: file for name, file in given.items() if isinstance(file, _Local)}
    body = kind.program_body(spec, values, given, settings)
    needs = (
        tuple(name.upper() for name in kind.key_names),
        tuple(slot.shell for slot in (*values.values(), *given.values()) if isinstance(slot, _Variable)),
        tuple(file.path for file in local.values()),
    )
    common = {"MODEL": _called(spec, kind.name), "STEPS": _steps(*needs)} | kind.program_words(spec, body)
    way = kind.programs
    return Shown(_python(way, body, common, bool(local)), _curl(way, body, common, local), *needs)


def _called(spec: ModelSpec, provider: str) -> str:
    return spec.name if provider in spec.name else f"{spec.name} at {provider}"


class _Variable(Slot):
    """An address out of the environment."""

    __slots__ = ()

    def __new__(cls, name: str) -> _Variable:
        return super().__new__(cls, f'os.environ["{name}"]', name)  # type: ignore[return-value]


class _Local(Slot):
    """A file beside the program, made fit to be sent by the provider's helper."""

    __slots__ = ("call", "path")

    path: str
    call: str


def _value(spec: ModelSpec, name: str, value: Any) -> Any:
    """Where the provider shall send something is the reader's own affair, and may hold a secret."""
    known = name in spec.request.model_fields
    calls = known and spec.control(name).kind == "line" and is_address(value)
    return _Variable(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()) if calls else value


def _file(
    provider_class: type[Provider], spec: ModelSpec, name: str, value: str, media_type: Callable[[str], str]
) -> str:
    control = spec.control(name)
    title = control.title.lower()
    if is_address(value):
        return value if _is_plain(value) else _Variable(f"{title.upper()}_URL")
    if name in spec.address_only:
        return _Variable(f"{title.upper()}_URL")
    try:
        kind = media_type(value)
    except NotFound:
        kind = USUAL_TYPES[control.kind]
    path = title + (SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ".bin")
    helper = "inside" if provider_class.travels_inline(spec, name) else "upload"
    slot = _Local(f"{helper}({as_python(path)}, {as_python(kind)})", name)
    slot.path, slot.call = path, shlex.join((helper, path, kind))
    return slot


def _is_plain(address: str) -> bool:
    """Whether an address is nothing but a place: no name, no password, no query that may be a signature."""
    return readable(address) and bool(PLAIN_ADDRESS.fullmatch(address)) and urlsplit(address).username is None


def _python(way: Programs, body: JSON, common: Mapping[str, str], helped: bool) -> str:
    words = dict(common)
    words["HELPER"] = fill(way.python_helper, words).strip() if helped else ""
    words["BODY"] = as_python(body).replace("\n", _margin(way.python))
    program = fill(way.python, words)
    words["IMPORTS"] = "\n".join(
        f"import {name}" for name in IMPORTS if f"{name}." in way.python + words["HELPER"]
    )
    return f"{fill(PYTHON_HEAD, words)}\n{program}"


def _curl(way: Programs, body: JSON, common: Mapping[str, str], local: Mapping[str, _Local]) -> str:
    words = dict(common)
    words["HELPER"] = fill(way.curl_helper, words).strip() if local else ""
    there = [f"ls {shlex.join(file.path for file in local.values())} > /dev/null"] if local else []
    words["FILES"] = "\n".join(there + [f"{name}=$({file.call})" for name, file in local.items()])
    words["BODY"] = as_shell(body)
    return f"{fill(CURL_HEAD, words)}\n{fill(way.curl, words)}"


def _margin(template: str) -> str:
    """The line break before each line of the body, as deep as the body stands."""
    before = template.split("@BODY@")[0].rsplit("\n", 1)[-1]
    return "\n" + before if before.isspace() else "\n"


def _steps(keys: tuple[str, ...], addresses: tuple[str, ...], files: tuple[str, ...]) -> str:
    steps = [f"Set {' and '.join(keys)} to your key."]
    if addresses:
        steps.append(f"Set {' and '.join(addresses)} to a web address that the provider can read.")
    if files:
        steps.append(f"Put {' and '.join(files)} beside the program.")
    return " ".join(steps)
