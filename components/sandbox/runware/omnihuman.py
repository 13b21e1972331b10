"""Holds a `bytedance:5@1` task against the catalog and makes scenes of it, one a take. Knows no HTTP.

Source: Runware's page of the model, read 2026-11-20 (one address nested under `inputs`, `safety` an object).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from components.catalog.check import bounds, check_value
from components.catalog.models.omnihuman_runware import SPEC
from components.sandbox.inputs import Unusable
from components.sandbox.runware.errors import Problem
from components.sandbox.runware.media import Media
from components.sandbox.scene import Scene
from components.sandbox.webhooks import is_loopback

MODEL = "bytedance:5@1"
FPS = 25
SHORTEST, LONGEST = 896, 1024
"""Bounds of the longer side: samples of the model have 896 × 1344 and 1024 × 1024; smaller here, to be quick."""
FIXED = {"taskType": "videoInference", "model": MODEL, "deliveryMethod": "async", "outputType": "URL"}
SAFETY, INPUTS = ("checkContent", "mode"), ("referenceImages", "audio")
CALLS = ("webhookURL", "uploadEndpoint")
PLAIN = tuple(name for name in SPEC.parameters() if name not in (*SAFETY, *INPUTS))


@dataclass(frozen=True)
class Order:
    """A valid task: what each take shows, and the plain parameters."""

    scenes: tuple[Scene, ...]
    asked: dict[str, Any]


def read_order(task: Mapping[str, Any], media: Media) -> Order:
    """What is asked for.

    Raises:
        Problem: a parameter is unknown, mistyped, out of range or an unusable file.
    """
    _only("", task, (*FIXED, "taskUUID", "safety", "inputs", *PLAIN))
    _fixed(task)
    safety, inputs = _object(task, "safety", SAFETY), _object(task, "inputs", INPUTS)
    plain = {name: task[name] for name in PLAIN if name in task}
    for name, value in (*plain.items(), *safety.items()):
        _value(name, _as_https(value) if name in CALLS else value, f"safety.{name}" if name in safety else name)
    portrait = _file("inputs.referenceImages", _reference(inputs), media.portrait)
    voice = _file("inputs.audio", _audio(inputs), media.voice)
    size, seconds = _size(media.size(portrait)), media.seconds(voice)
    quality = plain.get("outputQuality", SPEC.field("outputQuality").default)
    scenes = tuple(
        Scene(
            prompt="warm light",  # nobody is asked for words; these leave skin and room their colours
            portrait=portrait,
            voice=voice,
            width=size[0],
            height=size[1],
            frames=max(1, math.ceil(seconds * FPS - 0.01)),
            fps=FPS,
            mouth=0.45 + 0.08 * take,
            mood=0.4 + 0.12 * take,
            detail=_share("outputQuality", quality),
            container=plain.get("outputFormat", SPEC.field("outputFormat").default).lower(),
        )
        for take in range(plain.get("numberResults", SPEC.field("numberResults").default))
    )
    return Order(scenes, plain | {"safety": safety, "model": MODEL})


def _only(where: str, given: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = next((name for name in given if name not in known), None)
    if unknown is not None:
        name = f"{where}{unknown}"
        raise Problem("unsupportedParameter", f"{SPEC.name} has no parameter called {name!r}.", name)


def _fixed(task: Mapping[str, Any]) -> None:
    if "model" not in task:
        raise Problem("missingModel", "The parameter 'model' is missing.", "model", kind="string")
    if task["model"] != MODEL:
        raise Problem("modelNotFound", f"There is no model {task['model']!r} here.", "model", status=404)
    for name, value in FIXED.items():
        if task.get(name, value) != value:
            said = f"Unsupported value for {name!r}: this model takes {value!r} only."
            raise Problem(f"unsupported{name[0].upper()}{name[1:]}", said, name, kind="string")


def _object(task: Mapping[str, Any], name: str, known: tuple[str, ...]) -> dict[str, Any]:
    given = task.get(name, {})
    if not isinstance(given, dict):
        raise Problem(f"invalid{name.capitalize()}", f"{name} must be an object.", name, kind="object")
    _only(f"{name}.", given, known)
    return given


def _as_https(value: Any) -> Any:
    """A receiver on this machine has no certificate: the sandbox's only leave, http for a loopback address."""
    return value.replace("http://", "https://", 1) if isinstance(value, str) and is_loopback(value) else value


def _value(name: str, value: Any, path: str) -> None:
    said = check_value(SPEC, name, value) if value is not None else f"{name} must not be null."
    if said:
        raise Problem(f"invalid{name[0].upper()}{name[1:]}", said, path)


def _reference(inputs: Mapping[str, Any]) -> str:
    given = inputs.get("referenceImages")
    if given is None:
        raise Problem("missingReferenceImages", "A reference image is missing.", "inputs.referenceImages")
    if not isinstance(given, list) or len(given) != 1 or not isinstance(given[0], str):
        said = "referenceImages must be a list of exactly one image."
        raise Problem("arrayLength", said, "inputs.referenceImages", kind="array")
    return str(given[0])


def _audio(inputs: Mapping[str, Any]) -> str:
    given = inputs.get("audio")
    if given is None:
        raise Problem("missingAudio", "The audio is missing.", "inputs.audio", kind="string")
    if not isinstance(given, str):
        raise Problem("invalidAudio", "audio must be a string.", "inputs.audio", kind="string")
    return given


def _file(path: str, value: str, read: Callable[[str], str]) -> str:
    try:
        return read(value)
    except Unusable as refused:
        name = path.rpartition(".")[2]
        said = f"{SPEC.control(name).title} ({name}): {str(refused).rstrip('.')}."
        raise Problem(f"invalid{name[0].upper()}{name[1:]}", said, path) from None


def _size(portrait: tuple[int, int]) -> tuple[int, int]:
    """The portrait's shape, in even numbers."""
    scale = min(max(max(portrait), SHORTEST), LONGEST) / max(portrait)
    return round(portrait[0] * scale / 2) * 2, round(portrait[1] * scale / 2) * 2


def _share(name: str, value: float) -> float:
    low, high = bounds(SPEC, name) or (0.0, 1.0)
    return float((value - low) / (high - low))
