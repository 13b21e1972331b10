"""The vocabulary in which a model is described: its request, its controls, its presets, its price.

A parameter's type, bounds, default and words stand once, on its field; the form, the validation, the cost
line, the docs table and the sandbox all read them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from components.catalog.contradictions import refuse_contradictions

Kind = Literal["text", "line", "image", "audio", "number", "choice", "switch", "table"]
"""text: several lines; line: one; switch: true or false; table: rows of values."""

Role = Literal[
    "direction",
    "avoid",
    "portrait",
    "voice",
    "script",
    "seed",
    "frames",
    "steps",
    "width",
    "height",
    "resolution",
    "takes",
    "container",
    "template",
    "campaign",
    "columns",
    "rows",
    "voice_guidance",
    "text_guidance",
    "motion",
    "quality",
]
"""script: words that the model speaks itself; takes: how many videos of one request; container: the kind of
file; template or campaign, columns and rows: what videos of a table of people are made of; the last four: see
OWN_SCALE."""
OWN_SCALE: tuple[Role, ...] = ("voice_guidance", "text_guidance", "motion", "quality")
"""How strongly the video follows the voice and the words, how far the camera travels, how fine the file is: each
model counts them on a scale of its own, so no value of one is of use to another."""

Wish = Literal["Make a portrait speak", "Direct a person", "Film a scene", "One video, many names"]
"""What a person wants; pages and navigation group the models by it."""


@dataclass(frozen=True)
class Means:
    """What a parameter stands for, whatever a model calls it; its like can take its value but for OWN_SCALE."""

    role: Role
    every: int = 1
    plus: int = 0
    """The model makes `every * n + plus` only, e.g. 4n + 1 frames; it rounds frames down and sides up."""


@dataclass(frozen=True)
class Control:
    """How a parameter is shown to a person; bounds and default come from the field itself."""

    title: str
    """Human name, e.g. "Follow the voice"."""
    help: str
    kind: Kind
    source: str
    """The document and date that the bounds were read from."""
    main: bool = False
    """Shown at once; the others wait under "More controls"."""
    choices: Mapping[Any, str] = field(default_factory=dict)
    """Words for the values of a choice."""
    step: float | None = None
    placeholder: str = ""
    wire: str = ""
    """Where the value stands in the provider's request: names with dots between, `[]` after one that holds a
    list, e.g. `inputs.frameImages[]`; the documented name itself by default."""
    means: Means | None = None
    """None where it stands for nothing that anybody asks for by role."""
    only_with: Role | None = None
    """It goes with the parameter in this role only: where that one is left out, so is this."""


class ModelRequest(BaseModel):
    """One model's parameters, validated; fields carry the documented names."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def problem(parameter: str, sentence: str) -> PydanticCustomError:
    """The error that a cross-field rule raises: a sentence for a creator, tied to one parameter."""
    return PydanticCustomError("rule", "{sentence}", {"parameter": parameter, "sentence": sentence})


@dataclass(frozen=True)
class Preset:
    """One press that sets one or more parameters."""

    label: str
    values: Mapping[str, Any]
    note: str = ""


@dataclass(frozen=True)
class Price:
    """What a generation costs, as far as the provider says; `components.catalog.price` does the sum.

    `usd` is an average in US dollars, or None where the provider publishes no price.
    """

    usd: float | None
    source: str
    usd_per_second: float | None = None
    """Where the price goes by the length of the video, each one counted."""
    depends_on: str = ""
    """The parameter that the price by the second goes by, e.g. `resolution`."""
    usd_per_second_by: Mapping[Any, float] = field(default_factory=dict)
    """The price by the second for each value of that parameter; `usd_per_second` for any other."""
    sample_usd: float | None = None
    """What the provider's own example cost, where it publishes no rule: the sandbox asks for as much."""


@dataclass(frozen=True)
class VoiceLimits:
    """What a voice must be; enforced when a file is added and again before it is sent."""

    most_seconds: float
    """Audio of this length or longer is refused."""
    inclusive: bool = False
    """Whether exactly that length is still taken."""
    least_seconds: float = 0.0
    most_bytes: int | None = None
    formats: tuple[str, ...] = ()
    """Media types that the provider reads, e.g. `audio/mpeg`; whatever the studio sends where empty."""

    def takes(self, seconds: float) -> bool:
        """Whether a voice of this length is taken."""
        short_enough = seconds <= self.most_seconds if self.inclusive else seconds < self.most_seconds
        return short_enough and seconds >= self.least_seconds

    def span(self) -> str:
        """Which lengths are taken, in words."""
        most = f"{self.most_seconds:g} seconds"
        if self.least_seconds:
            return f"{self.least_seconds:g} to {most} long"
        return f"at most {most} long" if self.inclusive else f"shorter than {most}"


@dataclass(frozen=True)
class PictureLimits:
    """What a picture must be; enforced when a file is added and again before it is sent."""

    sides: tuple[int, int] | None = None
    """Fewest and most pixels of each side."""
    ratio: tuple[float, float] | None = None
    """Least and most width divided by height."""
    most_bytes: int | None = None
    formats: tuple[str, ...] = ()
    """Media types that the provider reads, e.g. `image/png`; whatever the studio sends where empty."""


@dataclass(frozen=True)
class ModelSpec:
    """Everything that is true of a model, whoever talks to it.

    Raises:
        ContradictorySpec: it contradicts itself; the sentence says where.
    """

    id: str
    """`provider/model`, e.g. `segmind/humo`."""
    slug: str
    """The provider's own name of the model, e.g. `bytedance-humo` or `bytedance:5@1`."""
    name: str
    maker: str
    provider: str
    provider_name: str
    page: str
    """Its page's address, without the slash."""
    wish: Wish
    title: str
    """What a person gets, in their words; the title of its page."""
    pitch: str
    request: type[ModelRequest]
    fps: int | None
    """Frames a second where the request counts in frames; None where the model follows the sound."""
    price: Price
    typical_seconds: tuple[int, int] | None
    """Usual seconds from submission to video, or None where nobody has published it."""
    resolutions: tuple[Preset, ...]
    durations: tuple[Preset, ...]
    needs: str
    """What a person must bring, in a few words."""
    example: Mapping[str, Any]
    """One good request of its own, without the files."""
    links: Mapping[str, str]
    voice: VoiceLimits | None = None
    """None where it takes no voice."""
    picture: PictureLimits | None = None
    """None where it takes no picture."""
    route: str = ""
    """The provider's route, where its models differ in it."""
    wire_names_setting: str = ""
    """The setting that may rename inputs on the wire, where the provider's page leaves their names out."""
    address_only: tuple[str, ...] = ()
    """File parameters that the provider reads from a web address only."""
    portrait_mode: Mapping[str, Any] = field(default_factory=dict)
    """Parameters that make the model look at a portrait, where it does not by default."""
    unknown: tuple[str, ...] = ()
    """What the provider does not document, e.g. "the longest voice"; its page says so."""

    def __post_init__(self) -> None:
        refuse_contradictions(self)

    def slugs(self) -> tuple[str, ...]:
        """All names of the model at its provider: its slug, and where a parameter chooses among several, those."""
        chosen = next((name for name in self.parameters("choice") if self.wire(name) == "model"), None)
        return (self.slug, *(self.options(chosen) if chosen else ()))

    def control(self, name: str) -> Control:
        """The words of a parameter, by its documented name."""
        return next(item for item in self.field(name).metadata if isinstance(item, Control))

    def field(self, name: str) -> FieldInfo:
        return self.request.model_fields[name]

    def parameters(self, *kinds: Kind) -> list[str]:
        """Documented names in the order of the request, of the kinds asked for (all by default)."""
        names = list(self.request.model_fields)
        return [name for name in names if not kinds or self.control(name).kind in kinds]

    def options(self, name: str) -> tuple[Any, ...]:
        """The values that a choice can have, without "none of them"."""
        annotation = self.field(name).annotation
        if get_origin(annotation) is Literal:
            return get_args(annotation)
        parts = (part for part in get_args(annotation) if get_origin(part) is Literal)
        return tuple(value for part in parts for value in get_args(part))

    def files(self) -> list[str]:
        """The parameters that take a file: an asset id or an https address."""
        return self.parameters("image", "audio")

    def parameter(self, role: Role) -> str | None:
        """The documented name of the parameter that stands for this; None where the model has none."""
        for name in self.parameters():
            means = self.control(name).means
            if means and means.role == role:
                return name
        return None

    def value(self, parameters: Mapping[str, Any], role: Role) -> Any:
        """What a request says in this role: the given value, else the default, else None."""
        name = self.parameter(role)
        if name is None:
            return None
        given = parameters.get(name)
        if given is not None:
            return given
        about = self.field(name)
        return None if about.is_required() else about.get_default()

    def asked(self, parameters: Mapping[str, Any]) -> str:
        """The words of a request: its direction, else what the model is to say; empty where it has none."""
        return str(self.value(parameters, "direction") or self.value(parameters, "script") or "")

    def wire(self, name: str) -> str:
        """Where a parameter stands in the provider's request; see `Control.wire`. One that it has not stays."""
        return (self.control(name).wire or name) if name in self.request.model_fields else name
