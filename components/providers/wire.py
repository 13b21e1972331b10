"""Puts values where a provider's request wants them, by the places that a spec names. Knows no provider.

A place is a name, or names with dots between for objects in objects; `[]` after the last one means that the
value stands in a list of its own, e.g. `inputs.frameImages[]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.catalog.spec import ModelSpec

LIST = "[]"


def placed(spec: ModelSpec, values: Mapping[str, Any], names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The part of a request's body that its parameters make up.

    Args:
        spec: the model.
        values: by documented name; None means "not given" and is left out.
        names: other places than the spec's, by documented name.
    """
    body: dict[str, Any] = {}
    for name, value in values.items():
        if value is not None:
            _place(body, (names or {}).get(name) or spec.wire(name), value)
    return body


def with_defaults(spec: ModelSpec, values: Mapping[str, Any]) -> dict[str, Any]:
    """The given values, and the default of every parameter that was left out."""
    usual = {name: spec.field(name).get_default() for name in spec.parameters()}
    optional = {name: value for name, value in usual.items() if not spec.field(name).is_required()}
    return optional | dict(values)


def _place(body: dict[str, Any], place: str, value: Any) -> None:
    *objects, last = place.split(".")
    for name in objects:
        body = body.setdefault(name, {})
    if last.endswith(LIST):
        body[last.removesuffix(LIST)] = value if isinstance(value, list) else [value]
    else:
        body[last] = value
