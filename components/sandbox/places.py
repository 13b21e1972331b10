"""Takes values from where a spec places them in a provider's request. Knows no provider and checks no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from components.catalog.spec import ModelSpec
from components.sandbox.refused import Refused

LIST = "[]"


def places(spec: ModelSpec, names: Mapping[str, str] | None = None) -> dict[str, str]:
    """Where each parameter stands in the request, by documented name.

    Args:
        spec: the model.
        names: other places than the spec's, by documented name.
    """
    return {name: (names or {}).get(name) or spec.wire(name) for name in spec.parameters()}


def taken(spec: ModelSpec, body: Mapping[str, Any], names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What a request's body says, by documented name; the opposite of placing values in it.

    Raises:
        Refused: it holds what the model does not know, or not in the shape that it must have.
    """
    wanted = {place: name for name, place in places(spec, names).items()}
    return {wanted[place]: value for place, value in _values(spec.name, body, wanted, "")}


def path(spec: ModelSpec, name: str, names: Mapping[str, str] | None = None) -> str:
    """Where a parameter stands, as an error names it."""
    return places(spec, names)[name].removesuffix(LIST)


def _values(model: str, body: Mapping[str, Any], wanted: Iterable[str], above: str) -> Iterator[tuple[str, Any]]:
    """Each value that is given, with its place."""
    for key, value in body.items():
        here = above + key
        if "." in key or key.endswith(LIST):  # our own notation, and no name of theirs
            raise Refused("unknown", f"{model} has no parameter called {here!r}.", here)
        if here in wanted:
            yield here, value
        elif here + LIST in wanted:
            yield here + LIST, _only_one(here, value)
        elif any(place.startswith(f"{here}.") for place in wanted):
            if not isinstance(value, dict):
                raise Refused("shape", f"{here} must be an object.", here)
            yield from _values(model, value, wanted, f"{here}.")
        else:
            raise Refused("unknown", f"{model} has no parameter called {here!r}.", here)


def _only_one(here: str, value: Any) -> Any:
    """What a list of one holds; nothing stays nothing, which is missing and not misshapen."""
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 1:
        raise Refused("shape", f"{here} must be a list of exactly one.", here)
    return value[0]
