"""What travels inside a downloaded video so that its settings can be had back: model, parameters, version.

Never a key, a web address, a path or the name of a person: addresses may be signed, tables hold people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components.catalog import MODELS
from components.catalog.addresses import is_address
from components.errors import InvalidFile
from components.library.records import Generation
from components.version import VERSION

PROGRAM = "Screentest"


@dataclass(frozen=True)
class Recalled:
    """Settings found inside a file."""

    model: str
    parameters: dict[str, Any]


def settings_tag(generation: Generation) -> dict[str, Any]:
    """The tag of a generation's videos."""
    return {
        "program": PROGRAM,
        "version": VERSION,
        "model": generation.model,
        "parameters": {name: value for name, value in generation.parameters.items() if _travels(value)},
    }


def read_tag(tag: Mapping[str, Any] | None) -> Recalled:
    """The settings of a tag; unknown names are left out.

    Raises:
        InvalidFile: it is not one of ours, or of a model that this studio does not have.
    """
    if not tag or tag.get("program") != PROGRAM or not isinstance(tag.get("parameters"), dict):
        raise InvalidFile(
            "This video carries no settings of Screentest.",
            "Only videos downloaded from a studio do, while its switch for that is on.",
        )
    spec = MODELS.get(str(tag.get("model")))
    if spec is None:
        raise InvalidFile("This video was made by a model that this studio does not have.")
    known, found = set(spec.request.model_fields), tag["parameters"].items()
    return Recalled(spec.id, {name: value for name, value in found if name in known and _travels(value)})


def _travels(value: Any) -> bool:
    return isinstance(value, str | int | float | bool) and not is_address(value)
