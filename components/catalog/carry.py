"""Carries one model's settings over to another, by what each parameter means, and says what does not fit.

Which parameters are alike stands on them (`Control.means`); no model is named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from components.catalog.check import bounds, check_value
from components.catalog.spec import OWN_SCALE, Control, Means, ModelSpec, Preset, Role

SIZE: tuple[Role, Role] = ("width", "height")
NEAR = 0.1
"""Seconds that nobody misses."""
LACKING: Mapping[Role, str] = {
    "direction": "{target} takes no direction in words.",
    "avoid": "{target} cannot be told what to avoid.",
    "portrait": "{target} takes no portrait.",
    "voice": "{target} takes no voice.",
    "seed": "{target} takes no seed: each take is a new one.",
    "frames": "{target} decides on the length itself: the video is as long as the voice.",
    "steps": "{target} decides on the number of steps itself.",
    "width": "{target} decides on the size itself: the video takes the portrait's shape.",
    "height": "",
}
"""What to say where the other model has no such parameter; width speaks for both sides. For other roles the
parameter's own title does."""


@dataclass(frozen=True)
class Carried:
    """What became of a request on its way to another model."""

    values: dict[str, Any]
    """By the target's documented names; what is not here has its default there."""
    kept: tuple[str, ...]
    """Those of the target's parameters that got a value."""
    left: tuple[str, ...]
    """Sentences for a creator: what stays behind, what had to change, what is still missing."""


def carry(parameters: Mapping[str, Any], source: ModelSpec, target: ModelSpec) -> Carried:
    """The request of one model as a request of another."""
    given = fitting(source, parameters)
    values: dict[str, Any] = {}
    left: list[str] = []
    for name in source.parameters():
        value, control = given[name], source.control(name)
        if value in (None, ""):
            continue
        meant = _alike(control)
        if meant is None or meant.role not in _roles(target):
            left += _lacking(source, target, name, value)
        elif meant.role == "frames":
            left += _length(values, value, source, target)
        elif meant.role in SIZE:
            left += _size(values, given, source, target) if meant.role == SIZE[0] else ()
        else:
            left += _same(values, value, control, target, _roles(target)[meant.role])
    if _roles(target).get("portrait") in values:
        values |= target.portrait_mode
    return Carried(values, tuple(values), (*left, *_missing(values, target)))


def without(carried: Carried, unfit: Mapping[str, str], target: ModelSpec) -> Carried:
    """The same without the files that the other model does not take.

    Args:
        carried: what goes over as far as the catalog can tell.
        unfit: a sentence for each file that does not, by the target's parameter.
        target: the other model.
    """
    if not unfit:
        return carried
    gone = set(unfit) | (set(target.portrait_mode) if target.parameter("portrait") in unfit else set())
    values = {name: value for name, value in carried.values.items() if name not in gone}
    said = (*carried.left, *unfit.values())
    more = (sentence for sentence in _missing(values, target) if sentence not in said)
    return Carried(values, tuple(values), (*said, *more))


def alike(source: ModelSpec, target: ModelSpec) -> bool:
    """Whether anything of a request of one can go over to the other."""
    return source.id != target.id and bool(_roles(source).keys() & _roles(target).keys())


def fitting(spec: ModelSpec, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """A value for every parameter: the given one where the model can take it, else the default, else None."""
    return {name: _taken(spec, name, parameters.get(name)) for name in spec.parameters()}


def _taken(spec: ModelSpec, name: str, value: Any) -> Any:
    field = spec.field(name)
    default = None if field.is_required() else field.get_default()
    if value is None:
        return default
    annotated: Any = Annotated[field.annotation, *field.metadata]
    try:
        return TypeAdapter(annotated).validate_python(value)
    except ValidationError:
        return default


def _roles(spec: ModelSpec) -> dict[Role, str]:
    """The parameter that stands for each thing, of those whose value another model can take."""
    return {meant.role: name for name in spec.parameters() if (meant := _alike(spec.control(name)))}


def _alike(control: Control) -> Means | None:
    """What it stands for; None where each model counts it on a scale of its own."""
    return control.means if control.means and control.means.role not in OWN_SCALE else None


def _same(values: dict[str, Any], value: Any, control: Control, target: ModelSpec, name: str) -> Iterator[str]:
    """The same thing under another name; a number beyond the other's bounds goes to the nearest end."""
    limits = bounds(target, name)
    if check_value(target, name, value) is None:
        values[name] = value
    elif limits and isinstance(value, int | float):
        values[name] = type(value)(min(max(value, limits[0]), limits[1]))
        most = "most" if value > limits[1] else "least"
        yield f"{control.title} {value:g} became {values[name]:g}, the {most} that {target.name} takes."
    else:
        yield f"{control.title} stays behind: {target.name} cannot take it as it is."


def _lacking(source: ModelSpec, target: ModelSpec, name: str, value: Any) -> Iterator[str]:
    """Nothing is said of what the person never touched, or of what goes along with the portrait."""
    control, field = source.control(name), source.field(name)
    if value == field.get_default() or name in source.portrait_mode:
        return
    if control.means and control.means.role in LACKING:
        sentence = LACKING[control.means.role]
        if sentence:
            yield sentence.format(target=target.name)
        return
    shown = control.choices.get(value, f"{value:g}" if isinstance(value, float) else value)
    namesake = any(target.control(other).title == control.title for other in target.parameters())
    why = f"{target.name} measures it on another scale" if namesake else f"{target.name} has no such control"
    said = f" ({shown})" if isinstance(value, int | float | str) and len(str(shown)) <= 40 else ""
    yield f"{control.title}{said} stays behind: {why}."


def _length(values: dict[str, Any], frames: int, source: ModelSpec, target: ModelSpec) -> Iterator[str]:
    """As many seconds, in the other's frames and within what it makes."""
    name = _roles(target)["frames"]
    before, after = source.fps or 25, target.fps or 25
    wanted = frames / before * after
    values[name] = made = _nearest(wanted, target, name)
    if frames == made and abs(frames / before - made / after) < NEAR:
        return
    beyond = abs(made - wanted) > (target.control(name).means or Means("frames")).every
    end = f", the {'most' if made < wanted else 'least'} that {target.name} makes" if beyond else ""
    yield (
        f"Length {frames} frames at {before} fps ({frames / before:.1f} s) became {made} at {after} fps "
        f"({made / after:.1f} s){end}."
    )


def _nearest(wanted: float, target: ModelSpec, name: str) -> int:
    """The whole number nearest to a wish among those that the model makes."""
    meant = target.control(name).means or Means("frames")
    low, high = bounds(target, name) or (1, wanted)
    made = [
        number for number in range(int(low), int(high) + 1) if number % meant.every == meant.plus % meant.every
    ]
    return min(made, key=lambda number: abs(number - wanted))


def _size(values: dict[str, Any], given: Mapping[str, Any], source: ModelSpec, target: ModelSpec) -> Iterator[str]:
    """Both sides together: as they are where the model takes any, else the most alike of its presets."""
    own, theirs = _roles(source), _roles(target)
    names = [theirs[side] for side in SIZE]
    wanted = tuple(given[own[side]] for side in SIZE)
    presets = [tuple(preset.values[name] for name in names) for preset in _sizes(target, names)]
    free = all(target.control(name).kind == "number" for name in names)
    if wanted in presets or (free and not any(map(check_value, [target] * 2, names, wanted))):
        values |= dict(zip(names, wanted, strict=True))
        return
    if not presets:
        yield f"Size {wanted[0]}×{wanted[1]} stays behind: {target.name} does not make it."
        return
    made = min(presets, key=lambda size: sum(abs(log(a / b)) for a, b in zip(size, wanted, strict=True)))
    values |= dict(zip(names, made, strict=True))
    yield f"Size {wanted[0]}×{wanted[1]} became {made[0]}×{made[1]}, the most alike that {target.name} makes."


def _sizes(target: ModelSpec, names: list[str]) -> list[Preset]:
    return [preset for preset in target.resolutions if set(names) <= preset.values.keys()]


def _missing(values: Mapping[str, Any], target: ModelSpec) -> Iterator[str]:
    """What the other model cannot do without."""
    for name in target.parameters():
        if target.field(name).is_required() and name not in values:
            yield f"Still to be given there: {target.control(name).title} ({name})."
