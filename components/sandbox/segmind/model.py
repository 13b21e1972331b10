"""Holds a request, as Segmind gets it, against a model of the catalog. Knows no HTTP and no model by name.

Sources: docs.segmind.com/docs/serverless-api/async-inference, "Error handling", read 2026-11-20 (a job without a
prompt is accepted and fails with this text).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.catalog.check import check_value
from components.catalog.spec import ModelSpec
from components.sandbox.inputs import Inputs
from components.sandbox.orders import Desk, Order
from components.sandbox.places import taken

NO_PROMPT = "Prompt is Mandatory and must be string"


def read_order(
    spec: ModelSpec, body: Mapping[str, Any], inputs: Inputs, names: Mapping[str, str]
) -> tuple[Order, str]:
    """What is asked for, and why the job will fail although the request is taken, or nothing.

    Raises:
        Refused: a parameter is unknown, missing, mistyped, out of range or an unusable file.
    """
    values = taken(spec, body, names)
    fails = _prompt_problem(spec, values)
    direction = spec.parameter("direction") or ""
    if fails:
        values.pop(direction, None)
    return Desk(spec, inputs, names).order(values, _spared(spec, direction)), fails


def _prompt_problem(spec: ModelSpec, values: Mapping[str, Any]) -> str:
    """A model whose direction must be words insists on them; one whose page leaves it out, only where it comes."""
    name = spec.parameter("direction")
    if name is None or not _needs_words(spec, name):
        return ""
    given = values.get(name)
    if isinstance(given, str) and given.strip():
        return ""
    return "" if name not in values and spec.wire_names_setting else NO_PROMPT


def _needs_words(spec: ModelSpec, name: str) -> bool:
    """Whether neither nothing nor an empty text is a direction; a default in the form is no default of theirs."""
    return bool(check_value(spec, name, None) and check_value(spec, name, ""))


def _spared(spec: ModelSpec, direction: str) -> set[str]:
    """What a request may lack: the direction, whose lack is told above, and all that the page leaves out."""
    if not spec.wire_names_setting:
        return {direction} & set(spec.parameters())
    return {name for name in spec.parameters() if spec.field(name).is_required()}
