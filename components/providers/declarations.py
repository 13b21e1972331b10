"""What a provider says of itself: its keys, its options, its cheapest request, its programs. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Key:
    """One part of a provider's key, as the settings page asks for it."""

    name: str
    """Of its setting; in capitals, of its variable, e.g. `segmind_api_key`."""
    title: str = "API key"
    placeholder: str = ""
    """How such a key begins, where that is known."""


@dataclass(frozen=True)
class Option:
    """A setting of this provider alone."""

    name: str
    """Of its variable, e.g. `SEGMIND_API`."""
    choices: tuple[str, ...]
    """The first is the default."""


@dataclass(frozen=True)
class Cheapest:
    """The least that a provider can be asked for, with true money."""

    model: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    """Parameters that take the sample `portrait` or the first second of the sample `voice`."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """Parameters that only the person can give, each with the question."""


@dataclass(frozen=True)
class Programs:
    """A request as programs: templates in which `@NAME@` is filled in, see `components.providers.programs`."""

    python: str
    curl: str
    python_helper: str = ""
    """The function that makes a local file fit to be sent: `upload`, or `inside` for what travels inline."""
    curl_helper: str = ""
