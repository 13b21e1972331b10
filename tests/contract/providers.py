"""Of every model and way to ask it a small good request and one that is refused; its provider's client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from components.catalog import MODELS
from components.catalog.check import bounds, check_value
from components.catalog.spec import ModelSpec, Role
from components.providers import PROVIDERS
from components.providers.base import Input, Provider
from components.providers.http import Http
from components.sandbox.bhuman.stock import CAMPAIGNS, OWN
from components.settings import Settings
from tests.providers.promises import PROMISES, Promises

GOOD_KEY, BAD_KEY = "SG_0123456789abcdef", "invalid"
SMALL = (320, 192)
FRAMES = 5
SHORT_VOICE = 0.25
"""Seconds: quick to draw a mouth to."""
UNKNOWN = "nobody"
ONE_ROW = {"columns": ["name"], "rows": [["Don"]]}
WAYS: Mapping[Role, str] = {"template": OWN[0]["id"], "campaign": CAMPAIGNS[0]["id"]}
"""By role, what a table's videos are made from, of which a request names one: one that the sandbox has."""


@dataclass(frozen=True)
class Case:
    """One model, and what its submission forgets."""

    spec: ModelSpec
    parameters: Mapping[str, Any]
    refused: Mapping[str, Any]
    """Parameters that the provider refuses."""
    words: str
    """What the refusal must name."""
    way: Role | None = None
    """What its videos are made from, where the model takes one thing or another."""

    @property
    def name(self) -> str:
        return f"{self.model} by {self.way}" if self.way else self.model

    @property
    def model(self) -> str:
        return self.spec.id

    @property
    def provider(self) -> str:
        return self.spec.provider

    @property
    def promises(self) -> Promises:
        return PROMISES[self.provider]

    def seconds(self, wished: float) -> float:
        """How long a voice must be for it, at least as long as wished."""
        return max(wished, self.spec.voice.least_seconds if self.spec.voice else 0)


def ways(spec: ModelSpec) -> list[Role | None]:
    return [way for way in WAYS if spec.parameter(way)] or [None]


def smallest(spec: ModelSpec, way: Role | None) -> dict[str, Any]:
    """A good request that is quickly made, without the files."""
    values = dict(spec.example) | dict(spec.portrait_mode)
    wished = {"direction": "A man in a garden", "frames": _frames(spec), **_size(spec), **ONE_ROW}
    wished |= {way: WAYS[way]} if way else {}
    for role, value in wished.items():
        name = spec.parameter(role)
        if name and (role != "direction" or spec.field(name).is_required()):
            values[name] = value
    lines = spec.parameter("resolution")
    if lines:
        values[lines] = min(spec.options(lines), key=lambda option: int(re.sub(r"\D", "", str(option))))
    return values


def refused(spec: ModelSpec, good: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A request that does not fit, and what its refusal must name."""
    rows = spec.parameter("rows")
    if rows:
        return good | {rows: [["Don", "Apple"]]}, "variables"
    for name in spec.parameters("number"):
        limits = bounds(spec, name)
        if limits:
            return good | {name: int(limits[0]) - 1}, "between"
    return good | {UNKNOWN: 1}, UNKNOWN


def _frames(spec: ModelSpec) -> int:
    name = spec.parameter("frames")
    return max(FRAMES, int((bounds(spec, name) or (FRAMES, 0))[0])) if name else 0


def _size(spec: ModelSpec) -> dict[str, int]:
    """A small one where any is taken, else the smallest of its presets."""
    names = [spec.parameter(side) for side in ("width", "height")]
    if None in names:
        return {}
    presets = [[preset.values[name] for name in names] for preset in spec.resolutions]
    free = not any(check_value(spec, name, side) for name, side in zip(names, SMALL, strict=True))
    width, height = SMALL if free else min(presets, key=lambda size: size[0] * size[1])
    return {"width": width, "height": height}


CASES = [
    Case(spec, good := smallest(spec, way), *refused(spec, good), way)
    for spec in MODELS.values()
    for way in ways(spec)
]


def client(case: Case, gateway: str, key: str = GOOD_KEY, **settings: Any) -> Provider:
    """The provider's client, with a gateway in place of the provider."""
    kind = PROVIDERS[case.provider]
    http = Http(
        kind.name,
        hosts=kind.hosts,
        headers=kind.headers(dict.fromkeys(kind.key_names, SecretStr(key))),
        gateway=gateway,
    )
    return kind(http, Settings(gateway=gateway, **settings))


def chosen(case: Case, files: Mapping[str, Input]) -> dict[str, Input]:
    """The files that the model takes, by parameter."""
    return {name: files[case.spec.control(name).kind] for name in case.spec.files()}
