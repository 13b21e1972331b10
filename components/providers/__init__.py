"""How each provider is SPOKEN TO: one small file a provider over a thin base. No loop, no sleep, no disk."""

from __future__ import annotations

from components.providers.aimlapi.client import AimlApi
from components.providers.base import Provider
from components.providers.bhuman.client import BHuman
from components.providers.runware.client import Runware
from components.providers.segmind.client import Segmind

PROVIDERS: dict[str, type[Provider]] = {
    "segmind": Segmind,
    "runware": Runware,
    "aimlapi": AimlApi,
    "bhuman": BHuman,
}
