"""The vocabulary in which a model is described: its request, its controls, its presets, its price.

A parameter's type, bounds, default and words stand once, on its field; the form, the validation, the cost
line, the docs table and the sandbox all read them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

Kind = Literal["text", "line", "image", "audio", "number", "choice", "switch", "table"]
"""text: several lines; line: one; switch: true or false; table: rows of values."""

Role = Literal["direction", "avoid", "portrait", "voice", "seed", "frames", "steps", "width", "height"]


@dataclass(frozen=True)
class Means:
    """What a parameter stands for, whatever a model calls it; its like elsewhere can take its value."""

    role: Role
    every: int = 1
    plus: int = 0
    """The model makes `every * n + plus` only, e.g. 4n + 1 frames."""


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
    means: Means | None = None
    """None where no other model has its like: another guidance scale is another scale, whatever its name."""


class ModelRequest(BaseModel):
    """One model's parameters, validated; fields carry the documented names."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    INPUT_NAMES: ClassVar[Mapping[str, str]] = {}
    """Wire names of inputs whose names the provider's page leaves out, by field; a setting may override."""


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
    """What a generation costs, as far as the provider says.

    `usd` is an average in US dollars, or None where the provider publishes no price.
    """

    usd: float | None
    source: str
    usd_per_second: float | None = None
    """Where the price goes by the length of the video, each one counted."""


@dataclass(frozen=True)
class ModelSpec:
    """Everything that is true of a model, whoever talks to it."""

    id: str
    """`provider/model`, e.g. `segmind/humo`."""
    name: str
    maker: str
    provider: str
    provider_name: str
    page: str
    """Its page's address, without the slash."""
    wish: str
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
    max_audio_seconds: float
    """Audio of this length or longer is refused."""
    needs: str
    """What a person must bring, in a few words."""
    example: Mapping[str, Any]
    """One good request of its own, without the files."""
    links: Mapping[str, str]
    address_only: tuple[str, ...] = ()
    """File parameters that the provider reads from a web address only."""
    portrait_mode: Mapping[str, Any] = field(default_factory=dict)
    """Parameters that make the model look at a portrait, where it does not by default."""
    image_sides: tuple[int, int] | None = None
    """Fewest and most pixels of each side of a picture, where the provider has limits."""

    def control(self, name: str) -> Control:
        """The words of a parameter, by its documented name."""
        return next(item for item in self.field(name).metadata if isinstance(item, Control))

    def field(self, name: str) -> FieldInfo:
        return self.request.model_fields[name]

    def parameters(self, *kinds: Kind) -> list[str]:
        """Documented names in the order of the request, of the kinds asked for (all by default)."""
        names = list(self.request.model_fields)
        return [name for name in names if not kinds or self.control(name).kind in kinds]

    def files(self) -> list[str]:
        """The parameters that take a file: an asset id or an https address."""
        return self.parameters("image", "audio")
