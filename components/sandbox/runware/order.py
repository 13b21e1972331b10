"""Holds a video task against the catalog and against what Runware asks of every model. Knows no model by name.

Sources: Runware's pages of its video models, read 2026-11-20, and PyPI runware-sdk 1.8.0 `task_map.py`, read
2026-11-25 (the options that all of them share; `safety` an object); runware.ai/docs/platform (codes of errors).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from components.catalog.runware_fields import (
    CheckContent,
    CheckDepth,
    IncludeCost,
    KeepSeconds,
    NumberResults,
    OutputFormat,
    OutputQuality,
    UploadEndpoint,
    WebhookUrl,
)
from components.catalog.spec import ModelSpec
from components.sandbox.orders import Desk, Order
from components.sandbox.places import taken
from components.sandbox.refused import Refused
from components.sandbox.runware.errors import Problem
from components.sandbox.runware.media import Media
from components.sandbox.scenes import Extras
from components.sandbox.served import served
from components.sandbox.webhooks import is_loopback

PROVIDER = "runware"
CALLS = ("webhookURL", "uploadEndpoint")


class Safety(BaseModel, extra="forbid", strict=True):
    """Whether and how closely Runware looks for unsafe content."""

    checkContent: CheckContent = False
    mode: CheckDepth = "none"


class Common(BaseModel, extra="forbid", strict=True):
    """What every video model of Runware's takes; a model whose spec has one of these says it anew."""

    taskType: Literal["videoInference"]
    taskUUID: str
    model: str = ""
    deliveryMethod: Literal["async"] = "async"
    outputType: Literal["URL"] = "URL"
    outputFormat: OutputFormat = "MP4"
    outputQuality: OutputQuality = 95
    numberResults: NumberResults = 1
    includeCost: IncludeCost = False
    ttl: KeepSeconds = None
    webhookURL: WebhookUrl = None
    uploadEndpoint: UploadEndpoint = None
    safety: Safety = Safety()
    routing: dict[str, Any] = Field(default_factory=dict)


def read_order(task: Mapping[str, Any], media: Media) -> Order:
    """What is asked for.

    Raises:
        Problem: a parameter is unknown, missing, mistyped, out of range or an unusable file.
    """
    spec = _model(task)
    given = {name: _as_https(value) if name in CALLS else value for name, value in task.items()}
    own = {place.partition(".")[0].removesuffix("[]") for place in map(spec.wire, spec.parameters())}
    common = _common({name: value for name, value in given.items() if _is_common(name, own)})
    try:
        values = taken(spec, {name: value for name, value in given.items() if not _is_common(name, own)})
        for name, value in values.items():
            if value is None and name not in spec.files():
                raise Refused("value", f"{name} must not be null.", name)
        values = {name: value for name, value in values.items() if value is not None}
        return Desk(spec, media).order(values, extras=Extras(common.numberResults, common.outputFormat))
    except Refused as refused:
        raise _problem(refused) from None


def _model(task: Mapping[str, Any]) -> ModelSpec:
    if "model" not in task:
        raise Problem("missingModel", "The parameter 'model' is missing.", "model", kind="string")
    known, named = served(PROVIDER), task["model"]
    if not isinstance(named, str) or named not in known:
        raise Problem("modelNotFound", f"There is no model {named!r} here.", "model", status=404)
    return known[named]


def _is_common(name: str, own: set[str]) -> bool:
    return name in Common.model_fields and name not in own


def _common(given: Mapping[str, Any]) -> Common:
    for name, value in given.items():
        if value is None:
            raise Problem(_code("invalid", name), f"{name} must not be null.", name)
    try:
        return Common.model_validate(given)
    except ValidationError as refused:
        error = refused.errors()[0]
        named = ".".join(map(str, error["loc"]))
        code = "unsupportedParameter" if error["type"] == "extra_forbidden" else _code("invalid", named)
        raise Problem(code, f"{named}: {error['msg']}.", named) from None


def _as_https(value: Any) -> Any:
    """A receiver on this machine has no certificate: the sandbox's only leave, http for a loopback address."""
    return value.replace("http://", "https://", 1) if isinstance(value, str) and is_loopback(value) else value


def _problem(refused: Refused) -> Problem:
    code = {
        "unknown": "unsupportedParameter",
        "missing": _code("missing", refused.path),
        "shape": "arrayLength" if "list" in str(refused) else _code("invalid", refused.path),
        "value": _code("invalid", refused.path or "Parameter"),
    }
    return Problem(code[refused.why], str(refused), refused.path)


def _code(how: str, path: str) -> str:
    """E.g. `invalidOutputQuality` of `outputQuality`, `missingAudio` of `inputs.audio`."""
    name = path.rpartition(".")[2]
    return f"{how}{name[:1].upper()}{name[1:]}"
