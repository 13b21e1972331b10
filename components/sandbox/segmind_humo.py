"""Holds a HuMo request, as Segmind gets it, against the catalog and makes a scene of it. Knows no HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from components.catalog import check, humo
from components.errors import InvalidRequest
from components.sandbox.inputs import Inputs, Unusable
from components.sandbox.scene import Scene

# docs.segmind.com/docs/serverless-api/async-inference, "Error handling", read 2026-11-20: the job is accepted
# and fails with this text.
NO_PROMPT = "Prompt is Mandatory and must be string"


class Refused(ValueError):
    """The request is not valid; the text is a sentence."""


@dataclass(frozen=True)
class Order:
    """A valid request."""

    scene: Scene
    asked: dict[str, Any]
    """Its plain parameters."""
    fails: str
    """Why the job will fail although the request is taken, or nothing."""


class Humo:
    """The model's own rules."""

    def __init__(self, names: Mapping[str, str], inputs: Inputs) -> None:
        wire = {field: field for field in humo.HumoRequest.model_fields}
        wire |= humo.HumoRequest.INPUT_NAMES
        wire |= names
        self._fields = {name: field for field, name in wire.items()}
        self._read: dict[str, Callable[[str], str]] = {"image": inputs.portrait, "audio": inputs.voice}

    def order(self, body: Mapping[str, Any]) -> Order:
        """What is asked for.

        Raises:
            Refused: a parameter is unknown, mistyped, out of range or an unusable file.
        """
        values = self._values(body)
        prompt = values.get("prompt")
        spoken = isinstance(prompt, str) and prompt.strip() != ""
        if not spoken:
            values.pop("prompt", None)
        self._check(values)
        files = {field: self._file(field, values[field]) for field in self._read if values.get(field)}
        asked = {name: value for name, value in values.items() if name not in self._read}
        return Order(_scene(values, files), asked, "" if spoken else NO_PROMPT)

    def _values(self, body: Mapping[str, Any]) -> dict[str, Any]:
        unknown = [name for name in body if name not in self._fields]
        if unknown:
            raise Refused(f"{humo.SPEC.name} has no parameter called {unknown[0]!r}.")
        return {self._fields[name]: value for name, value in body.items()}

    @staticmethod
    def _check(values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            problem = check.check_value(humo.SPEC, name, value)
            if problem:
                raise Refused(problem)
        try:  # the rules between fields; what Segmind does not insist on is filled in
            check.validate(humo.SPEC, {"prompt": "-", "audio": "-"} | dict(values))
        except InvalidRequest as refused:
            raise Refused(refused.message) from None

    def _file(self, field: str, value: str) -> str:
        try:
            return self._read[field](value)
        except Unusable as refused:
            title = humo.SPEC.control(field).title
            raise Refused(f"{title} ({field}): {str(refused).rstrip('.')}.") from None


def _scene(values: Mapping[str, Any], files: Mapping[str, str]) -> Scene:
    """Guidance becomes strength: each number's place within its bounds."""
    fields = humo.HumoRequest.model_fields
    full = {name: values.get(name, field.default) for name, field in fields.items()}
    return Scene(
        prompt=values.get("prompt", ""),
        portrait=files.get("image"),  # who gives one wants to see it, in mode TA as well
        voice=files.get("audio"),
        width=full["width"],
        height=full["height"],
        frames=full["frames"],
        fps=humo.FPS,
        mouth=_share("scale_a", full),
        mood=_share("scale_t", full),
        detail=min(1.0, full["steps"] / 50),  # 30-50 is usual; more is finer than the eye
    )


def _share(name: str, values: Mapping[str, Any]) -> float:
    low, high = check.bounds(humo.SPEC, name) or (0.0, 1.0)
    return float((values[name] - low) / (high - low))
