"""Holds a request against its model and makes an order of it: scenes, plain values, price. Knows no provider."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from components.catalog.addresses import is_address
from components.catalog.check import check_value, validate
from components.catalog.price import estimate
from components.catalog.spec import ModelSpec
from components.errors import InvalidRequest
from components.sandbox.inputs import Given, Inputs, Unusable
from components.sandbox.places import path
from components.sandbox.refused import Refused
from components.sandbox.scene import Scene
from components.sandbox.scenes import Cast, Extras, scenes

NO_EXTRAS = Extras()


@dataclass(frozen=True)
class Order:
    """A valid request."""

    spec: ModelSpec
    scenes: tuple[Scene, ...]
    plain: dict[str, Any]
    """What was given, without the files, by documented name."""
    usd: float | None
    """What each video would cost; None where the provider tells no price."""


class Desk:
    """Takes orders for one model."""

    def __init__(self, spec: ModelSpec, inputs: Inputs, names: Mapping[str, str] | None = None) -> None:
        """Takes a model.

        Args:
            spec: the model's entry in the catalog.
            inputs: reads its files.
            names: other wire places of its parameters, by documented name.
        """
        self._spec, self._inputs, self._names = spec, inputs, names

    def order(self, values: Mapping[str, Any], spared: Collection[str] = (), extras: Extras = NO_EXTRAS) -> Order:
        """What is asked for.

        Args:
            values: the request, by documented name.
            spared: parameters that may be missing although the model needs them.
            extras: what the provider takes beside the model's parameters.

        Raises:
            Refused: something is missing, mistyped, out of range or an unusable file.
        """
        self._check(values, spared)
        spec = self._spec
        made = scenes(spec, values, self._cast(values), self._inputs, extras)
        plain = {name: value for name, value in values.items() if name not in spec.files()}
        return Order(spec, made, plain, video_price(spec, values, made[0].seconds))

    def _check(self, values: Mapping[str, Any], spared: Collection[str]) -> None:
        spec = self._spec
        for name in spec.parameters():
            if name in values:
                self._refuse("value", name, check_value(spec, name, values[name]))
            elif spec.field(name).is_required() and name not in spared:
                self._refuse("missing", name, check_value(spec, name, None))
        for name in spec.address_only:
            if values.get(name) is not None and not is_address(values[name]):
                self._refuse("value", name, f"{name} must be the URL of an {spec.control(name).kind} file.")
        try:  # the rules between several; what is spared is filled in
            validate(spec, {name: "-" for name in spared if name not in values} | dict(values))
        except InvalidRequest as refused:
            raise Refused("value", refused.message) from None

    def _refuse(self, why: str, name: str, problem: str | None) -> None:
        if problem is None:
            return
        raise Refused("missing" if why == "missing" else "value", problem, path(self._spec, name, self._names))

    def _cast(self, values: Mapping[str, Any]) -> Cast:
        """The files; of words that the model is to speak, a stand-in speaks."""
        spec = self._spec
        found = {name: self._file(name, values[name]) for name in spec.files() if values.get(name)}
        portrait, voice = (found.get(spec.parameter(role) or "") for role in ("portrait", "voice"))
        script = "" if voice else str(values.get(spec.parameter("script") or "") or "").strip()
        if script:
            voice = Given(self._inputs.stand_in("audio"))
        return Cast(portrait, voice, script)

    def _file(self, name: str, value: str) -> Given:
        control = self._spec.control(name)
        try:
            if control.kind == "image":
                return self._inputs.portrait(value, self._spec.picture)
            return self._inputs.voice(value, self._spec.voice)
        except Unusable as refused:
            said = f"{control.title} ({name}): {str(refused).rstrip('.')}."
            raise Refused("value", said, path(self._spec, name, self._names)) from None


def video_price(spec: ModelSpec, values: Mapping[str, Any], seconds: float) -> float | None:
    """US dollars for each video, by the catalog's rule, else the provider's sample, or None where neither is."""
    whole = estimate(spec, values, seconds)
    return spec.price.sample_usd if whole is None else whole / int(spec.value(values, "takes") or 1)
