"""Holds values against a model's request and says in sentences what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from annotated_types import Ge, Le
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from components.catalog.spec import ModelRequest, ModelSpec
from components.errors import InvalidRequest


def validate(spec: ModelSpec, parameters: Mapping[str, Any]) -> ModelRequest:
    """The validated request.

    Args:
        spec: the model.
        parameters: values by documented name; None means "not given".

    Raises:
        InvalidRequest: one sentence for each parameter that does not fit.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    given = {name: value[0] if _is_list_of_one(spec, name, value) else value for name, value in given.items()}
    try:
        return spec.request.model_validate(given)
    except ValidationError as refused:
        problems: dict[str, str] = {}
        for error in refused.errors():
            name = error.get("ctx", {}).get("parameter") or (str(error["loc"][0]) if error["loc"] else "")
            problems.setdefault(name, _sentence(spec, name, error))
        raise InvalidRequest(problems) from None


def _is_list_of_one(spec: ModelSpec, name: str, value: Any) -> bool:
    """The documented shape of some parameters, of which the studio keeps the bare value.

    Raises:
        InvalidRequest: the list has none or several.
    """
    if not spec.wire(name).endswith("[]") or not isinstance(value, list | tuple):
        return False
    if len(value) != 1:
        title = spec.control(name).title
        raise InvalidRequest({name: f"{title} ({name}) takes exactly one; you gave {len(value)}."})
    return True


def check_value(spec: ModelSpec, name: str, value: Any) -> str | None:
    """What is wrong with one value, strictly typed as JSON is (an integer is not a string), or None."""
    field = spec.field(name)
    annotated: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    try:
        TypeAdapter(annotated).validate_python(value, strict=True)
    except ValidationError as refused:
        return _sentence(spec, name, refused.errors()[0])
    return None


def bounds(spec: ModelSpec, name: str) -> tuple[float, float] | None:
    """The documented lowest and highest value of a number, or None where it has none."""
    metadata = spec.field(name).metadata
    low = next((item.ge for item in metadata if isinstance(item, Ge)), None)
    high = next((item.le for item in metadata if isinstance(item, Le)), None)
    return None if low is None or high is None else (low, high)  # type: ignore[return-value]


def _sentence(spec: ModelSpec, name: str, error: ErrorDetails) -> str:
    kind, given = error["type"], error.get("input")
    if kind == "rule":
        return str(error.get("ctx", {}).get("sentence", ""))
    if kind == "extra_forbidden" or name not in spec.request.model_fields:
        return f"{spec.name} has no parameter called {name!r}."
    control = spec.control(name)
    if kind == "missing" or given is None or (isinstance(given, str) and not given.strip()):
        return f"{control.title} ({name}) is missing."
    limits = bounds(spec, name)
    if limits and kind in ("greater_than_equal", "less_than_equal"):
        return f"{control.title} ({name}) must be between {limits[0]:g} and {limits[1]:g}; you gave {given}."
    if kind == "literal_error":
        return f"{control.title} ({name}) must be {error.get('ctx', {}).get('expected', '')}; you gave {given!r}."
    return f"{control.title} ({name}): {error['msg'][0].lower()}{error['msg'][1:]}."
