"""Refuses a spec that contradicts itself, in a sentence, at the moment its file is imported. Knows no model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from components.catalog.spec import ModelSpec


class ContradictorySpec(ValueError):
    """A catalog file that cannot be true; the text is a sentence for whoever wrote it."""


def refuse_contradictions(spec: ModelSpec) -> None:
    """Looks at everything that one part of a spec says of another.

    Raises:
        ContradictorySpec: with the first contradiction.
    """
    for sentence in _contradictions(spec):
        raise ContradictorySpec(f"{spec.id or 'a model'}: {sentence}")


def _contradictions(spec: ModelSpec) -> Iterator[str]:
    if not spec.slug:
        yield "the slug is missing; write the provider's own name of the model."
    if spec.id.partition("/")[0] != spec.provider:
        yield f"the id must begin with its provider, {spec.provider}/."
    if not spec.page or not all(part.isalnum() for part in spec.page.split("-")):
        yield f"the page's address {spec.page!r} must be letters and digits with hyphens between."
    bare = [name for name in spec.request.model_fields if not _has_control(spec, name)]
    if bare:
        yield f"the parameter {bare[0]} has no Control."
        return
    yield from _twice(spec)
    yield from _named(spec)
    yield from _inputs(spec)
    for preset in (*spec.resolutions, *spec.durations):
        yield from _fits(spec, preset.values, f"the preset {preset.label}")
    yield from _fits(spec, spec.example, "the example")
    yield from _fits(spec, spec.portrait_mode, "portrait_mode")


def _has_control(spec: ModelSpec, name: str) -> bool:
    from components.catalog.spec import Control  # a spec is made of both files

    return any(isinstance(item, Control) for item in spec.field(name).metadata)


def _twice(spec: ModelSpec) -> Iterator[str]:
    """Two parameters cannot stand for one thing, nor at one place of the request."""
    means = [means.role for name in spec.parameters() if (means := spec.control(name).means)]
    for role in _repeated(means):
        yield f"two parameters stand for the role {role!r}."
    for place in _repeated(spec.wire(name) for name in spec.parameters()):
        yield f"two parameters stand at {place!r} in the request."


def _repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _named(spec: ModelSpec) -> Iterator[str]:
    """What is said of a parameter must be said of one that there is."""
    by_price = [spec.price.depends_on] if spec.price.depends_on else []
    for where, names in (("address_only", spec.address_only), ("the price", by_price)):
        for name in names:
            if name not in spec.request.model_fields:
                yield f"{where} names {name!r}, which is no parameter."
    for name in spec.parameters():
        role = spec.control(name).only_with
        if role and spec.parameter(role) is None:
            yield f"{name} goes with the role {role!r} only, which no parameter has."


def _inputs(spec: ModelSpec) -> Iterator[str]:
    if spec.parameters("audio") and spec.voice is None:
        yield "it takes a voice, but has no VoiceLimits."
    if spec.parameters("image") and spec.picture is None:
        yield "it takes a picture, but has no PictureLimits."
    if spec.voice and spec.voice.least_seconds >= spec.voice.most_seconds:
        yield "the shortest voice is not shorter than the longest."
    if spec.durations and spec.fps is None:
        yield "it has presets of lengths, but no frames a second."


def _fits(spec: ModelSpec, values: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, value in values.items():
        if name not in spec.request.model_fields:
            yield f"{where} sets {name!r}, which is no parameter."
            continue
        about = spec.field(name)
        annotated: Any = Annotated[about.annotation, *about.metadata]
        try:
            TypeAdapter(annotated).validate_python(value, strict=True)
        except ValidationError as refused:
            yield f"{where} sets {name} to {value!r}, which it does not take ({refused.errors()[0]['msg']})."
