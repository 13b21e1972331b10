"""Sums up what a request will cost, by the catalog's own rules. Asks no provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.catalog.spec import ModelSpec


def estimate(spec: ModelSpec, parameters: Mapping[str, Any], seconds: float | None) -> float | None:
    """US dollars for a request; None where the provider publishes no price, or the length is not known yet.

    Args:
        spec: the model.
        parameters: by documented name.
        seconds: how long each video will be, e.g. the length of the voice.
    """
    takes = int(spec.value(parameters, "takes") or 1)
    if spec.price.usd is not None:
        return spec.price.usd * takes
    rate = _rate(spec, parameters)
    return rate * seconds * takes if rate is not None and seconds else None


def in_words(spec: ModelSpec) -> str:
    """What a video costs, or a second of one, e.g. `about $1.46`, `$0.044–0.087 a second`."""
    price = spec.price
    if price.usd is not None:
        return f"about ${price.usd:.2f}"
    rates = {rate for rate in (price.usd_per_second, *price.usd_per_second_by.values()) if rate is not None}
    if not rates:
        return "price not published"
    return "$" + "–".join(f"{rate:.3f}" for rate in dict.fromkeys((min(rates), max(rates)))) + " a second"


def _rate(spec: ModelSpec, parameters: Mapping[str, Any]) -> float | None:
    name = spec.price.depends_on
    if not name:
        return spec.price.usd_per_second
    value = parameters.get(name)
    chosen = spec.field(name).get_default() if value is None else value
    return spec.price.usd_per_second_by.get(chosen, spec.price.usd_per_second)
