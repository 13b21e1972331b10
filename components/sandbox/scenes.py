"""Makes the scenes of a request from the roles of its parameters. Knows no provider and no model by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from components.catalog.check import bounds
from components.catalog.spec import ModelSpec, Role
from components.sandbox import shape
from components.sandbox.inputs import Given, Inputs
from components.sandbox.scene import Container, Film, Scene

PLAIN_LIGHT = "warm light"
"""For a portrait of which nothing is said: these words leave skin and room their colours."""
USUAL_STEPS = 50
"""More of them are finer than the eye."""
STRONGER_VOICE, STRONGER_MOOD = 0.08, 0.12
"""By which each further take of one request differs."""


@dataclass(frozen=True)
class Cast:
    """Who appears and who is heard."""

    portrait: Given | None = None
    voice: Given | None = None
    script: str = ""
    """Words for which the voice is a stand-in."""


@dataclass(frozen=True)
class Extras:
    """What a provider's own API asks of any of its models, beside the model's parameters."""

    takes: int | None = None
    container: str | None = None


def scenes(
    spec: ModelSpec, values: Mapping[str, Any], cast: Cast, inputs: Inputs, extras: Extras
) -> tuple[Scene, ...]:
    """One clip a take.

    Args:
        spec: the model.
        values: the request, by documented name; parameters that are missing have their defaults.
        cast: its files.
        inputs: to measure them with.
        extras: what counts where the model has no such parameter.
    """
    portrait, voice = cast.portrait, cast.voice
    heard = None if voice is None else _heard(spec, inputs.seconds(voice.name))
    wide, high = shape.size(spec, values, inputs.size(portrait.name) if portrait else None)
    container = str(spec.value(values, "container") or extras.container or "").lower()
    first = Scene(
        prompt=_words(spec, values, cast),
        portrait=portrait.name if portrait else None,
        voice=voice.name if voice else None,
        caption=cast.script if portrait else "",
        notes=_notes(spec, values, cast),
        width=wide,
        height=high,
        frames=shape.frames(spec, values, heard),
        fps=shape.fps(spec),
        seed=_seed(spec, values),
        mouth=_share(spec, values, "voice_guidance", 0.5),
        mood=_share(spec, values, "text_guidance", 0.5 if spec.value(values, "direction") else 0.0),
        detail=_detail(spec, values),
        film=None if _shows_people(spec) else Film(motion=_share(spec, values, "motion", 0.5)),
        container=container if container in get_args(Container) else "mp4",
    )
    takes = int(spec.value(values, "takes") or extras.takes or 1)
    return tuple(_take(first, number) for number in range(takes))


def _words(spec: ModelSpec, values: Mapping[str, Any], cast: Cast) -> str:
    """What a card shows and what colours a portrait."""
    direction = str(spec.value(values, "direction") or "").strip()
    if cast.portrait:
        return direction or PLAIN_LIGHT
    return cast.script or direction or spec.name


def _heard(spec: ModelSpec, seconds: float) -> float:
    """A stand-in may be longer than the model takes."""
    return min(seconds, spec.voice.most_seconds) if spec.voice else seconds


def _notes(spec: ModelSpec, values: Mapping[str, Any], cast: Cast) -> tuple[str, ...]:
    notes = [
        f"{kind} not read ({given.unread_host})"
        for kind, given in (("picture", cast.portrait), ("voice", cast.voice))
        if given and given.unread_host
    ]
    if cast.script:
        notes.append("stand-in voice")
    if not cast.portrait and not cast.script and not spec.value(values, "direction"):
        notes.append("no direction given")
    return tuple(notes)


def _shows_people(spec: ModelSpec) -> bool:
    return any(spec.parameter(role) for role in ("portrait", "voice", "script"))


def _seed(spec: ModelSpec, values: Mapping[str, Any]) -> int | None:
    seed = spec.value(values, "seed")
    return seed if isinstance(seed, int) else None


def _detail(spec: ModelSpec, values: Mapping[str, Any]) -> float:
    steps = spec.value(values, "steps")
    return min(1.0, steps / USUAL_STEPS) if steps else _share(spec, values, "quality", 1.0)


def _share(spec: ModelSpec, values: Mapping[str, Any], role: Role, otherwise: float) -> float:
    """A number's place within its bounds, 0 to 1."""
    name = spec.parameter(role)
    limits = bounds(spec, name) if name else None
    if not limits:
        return otherwise
    low, high = limits
    return min(1.0, max(0.0, float((spec.value(values, role) - low) / (high - low))))


def _take(first: Scene, number: int) -> Scene:
    mouth, mood = first.mouth + STRONGER_VOICE * number, first.mood + STRONGER_MOOD * number
    seed = first.seed if first.seed is None else first.seed + number
    return first.model_copy(update={"mouth": min(1.0, mouth), "mood": min(1.0, mood), "seed": seed})
