"""Holds a request, as Segmind gets it, against a model of the catalog. Knows no HTTP and no model's own rules."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from components.catalog import check
from components.catalog.spec import ModelSpec
from components.errors import InvalidRequest
from components.sandbox.inputs import Unusable
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


class Model(ABC):
    """What holds for every model that Segmind hosts."""

    def __init__(
        self,
        spec: ModelSpec,
        names: Mapping[str, str] | None = None,
        readers: Mapping[str, Callable[[str], str]] | None = None,
    ) -> None:
        """Takes a model.

        Args:
            spec: the model's entry in the catalog.
            names: other wire names of its parameters, by field.
            readers: what turns each file parameter into the name of a stored asset.
        """
        self._spec = spec
        wire = {field: spec.wire(field) for field in spec.parameters()}
        self._fields = {name: field for field, name in (wire | dict(names or {})).items()}
        self._read = dict(readers or {})

    def order(self, body: Mapping[str, Any]) -> Order:
        """What is asked for.

        Raises:
            Refused: a parameter is unknown, mistyped, out of range or an unusable file.
        """
        values = self._values(body)
        prompt = values.pop("prompt", None)
        spoken = isinstance(prompt, str) and prompt.strip() != ""
        if spoken:
            values["prompt"] = prompt
        self._check(values)
        files = {field: self._file(field, values[field]) for field in self._read if values.get(field)}
        asked = {name: value for name, value in values.items() if name not in self._read}
        defaults = {name: field.default for name, field in self._spec.request.model_fields.items()}
        full = defaults | {"prompt": ""} | values
        return Order(self.scene(full, files), asked, "" if spoken else NO_PROMPT)

    @abstractmethod
    def scene(self, values: Mapping[str, Any], files: Mapping[str, str]) -> Scene:
        """The clip to render: `values` has every parameter, `files` the stored names of those given."""

    def share(self, name: str, values: Mapping[str, Any]) -> float:
        """A number's place within its bounds, 0 to 1."""
        low, high = check.bounds(self._spec, name) or (0.0, 1.0)
        return float((values[name] - low) / (high - low))

    def _values(self, body: Mapping[str, Any]) -> dict[str, Any]:
        unknown = [name for name in body if name not in self._fields]
        if unknown:
            raise Refused(f"{self._spec.name} has no parameter called {unknown[0]!r}.")
        return {self._fields[name]: value for name, value in body.items()}

    def _check(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            problem = check.check_value(self._spec, name, value)
            if problem:
                raise Refused(problem)
        required = [name for name, field in self._spec.request.model_fields.items() if field.is_required()]
        try:  # the rules between fields; what Segmind does not insist on is filled in
            check.validate(self._spec, dict.fromkeys(required, "-") | dict(values))
        except InvalidRequest as refused:
            raise Refused(refused.message) from None

    def _file(self, field: str, value: str) -> str:
        try:
            return self._read[field](value)
        except Unusable as refused:
            title = self._spec.control(field).title
            raise Refused(f"{title} ({field}): {str(refused).rstrip('.')}.") from None
