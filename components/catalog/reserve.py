"""Says what a request counts under a ceiling until its cost is known: rather too much, never nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Literal

from components.catalog import MODELS
from components.catalog.price import estimate
from components.catalog.spec import ModelSpec

Basis = Literal["estimate", "longest", "dearest"]
"""estimate: the model's own price; longest: the same for the longest voice that it takes, where the length of this
one is not known; dearest: the provider publishes no price, so the dearest that is known of any model like it."""
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Reserve:
    """US dollars, and what they rest on."""

    dollars: Decimal
    basis: Basis

    @property
    def shown(self) -> str:
        """E.g. `$1.47`; never told lower than it is."""
        return f"${self.dollars.quantize(CENT, ROUND_CEILING)}"


def reserve(spec: ModelSpec, parameters: Mapping[str, Any], seconds: float | None) -> Reserve:
    """What is reserved for a request.

    Args:
        spec: the model.
        parameters: by documented name.
        seconds: how long the voice is, where that is known.
    """
    own = estimate(spec, parameters, seconds)
    if own is not None:
        return _of(own, "estimate")
    longest = spec.voice.most_seconds if spec.voice else None
    own = estimate(spec, parameters, longest)
    if own is not None:
        return _of(own, "longest")
    length = _frames_seconds(spec, parameters) or seconds or longest
    return _of(_dearest(spec, length) * _videos(spec, parameters), "dearest")


def _of(dollars: float, basis: Basis) -> Reserve:
    # By way of its digits: a float's own value is a hair off.
    return Reserve(Decimal(str(round(dollars, 6))), basis)


def _dearest(spec: ModelSpec, seconds: float | None) -> float:
    """For one video: the most that a model for the same wish costs, or any where none of those has a price."""
    alike = [most for each in MODELS.values() if each.wish == spec.wish and (most := _most(each, seconds))]
    return max(alike or [_most(each, seconds) for each in MODELS.values()])


def _most(spec: ModelSpec, seconds: float | None) -> float:
    """The most that a video of this length costs; 0 where nothing is known of it."""
    price = spec.price
    rates = [rate for rate in (price.usd_per_second, *price.usd_per_second_by.values()) if rate is not None]
    return max(price.usd or 0.0, price.sample_usd or 0.0, max(rates, default=0.0) * (seconds or 0.0))


def _frames_seconds(spec: ModelSpec, parameters: Mapping[str, Any]) -> float | None:
    frames = spec.value(parameters, "frames")
    return float(frames) / spec.fps if frames and spec.fps else None


def _videos(spec: ModelSpec, parameters: Mapping[str, Any]) -> int:
    """How many videos a request asks for: its takes, or one for each row of its table."""
    return len(spec.value(parameters, "rows") or ()) or int(spec.value(parameters, "takes") or 1)
