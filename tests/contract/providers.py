"""What the contract suite needs to know of each provider. Another provider is one more entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from components.catalog import MODELS
from components.providers import PROVIDERS
from components.providers.base import Input, Provider
from components.providers.http import Http
from components.sandbox.bhuman.stock import OWN
from components.settings import Settings

GOOD_KEY, BAD_KEY = "SG_0123456789abcdef", "invalid"
ONE_ROW = {"video_instance_id": OWN[0]["id"], "variables": ["name"], "names": [["Don"]]}


@dataclass(frozen=True)
class Case:
    """The smallest good request of one model, and what its submission forgets."""

    provider: str
    model: str
    parameters: Mapping[str, Any]
    refused: Mapping[str, Any]
    """Parameters that the provider refuses."""
    words: str = "between"
    """What the refusal must name."""
    no_credits: int = 406
    """The HTTP code of an empty balance."""
    tells_balance: bool = True
    tells_why: bool = True
    """Whether a failure's own words are fit to be shown."""


CASES = [
    Case(
        "segmind",
        "segmind/humo",
        {"prompt": "A man in a garden", "mode": "TIA", "frames": 10, "width": 832, "height": 480},
        {"prompt": "A man in a garden", "frames": 9},
    ),
    Case(
        "segmind",
        "segmind/hunyuan-video",
        {"prompt": "A cat on the grass", "video_length": 5, "width": 320, "height": 192},
        {"prompt": "A cat on the grass", "video_length": 130},
    ),
    Case("runware", "runware/omnihuman-1", {"numberResults": 1}, {"outputQuality": 19}, no_credits=402),
    Case("aimlapi", "aimlapi/omnihuman", {}, {"seed": 1}, words="seed", no_credits=403),
    Case(
        "bhuman",
        "bhuman/personalized-video",
        ONE_ROW,
        ONE_ROW | {"names": [["Don", "Apple"]]},
        words="variables",
        no_credits=402,
        tells_balance=False,
        tells_why=False,
    ),
]


def client(case: Case, gateway: str, key: str = GOOD_KEY, **settings: Any) -> Provider:
    """The provider's client, with a gateway in place of the provider."""
    kind = PROVIDERS[case.provider]
    http = Http(
        kind.name,
        hosts=kind.hosts,
        headers=kind.headers(dict.fromkeys(kind.key_names, SecretStr(key))),
        gateway=gateway,
    )
    return kind(http, Settings(gateway=gateway, **settings))


def chosen(case: Case, files: Mapping[str, Input]) -> dict[str, Input]:
    """The files that the model takes, by parameter."""
    spec = MODELS[case.model]
    return {name: files[spec.control(name).kind] for name in spec.files()}
