"""What each model IS: facts only, one file a model in `models/`. Knows no connection, no file and no screen."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

from components.catalog import models
from components.catalog.spec import ModelSpec, VoiceLimits, Wish
from components.errors import NotFound

WISHES: tuple[Wish, ...] = get_args(Wish)


def _found() -> list[ModelSpec]:
    """The SPEC of every file in `models/`, by wish, then by name."""
    files = [import_module(f"{models.__name__}.{file.name}") for file in iter_modules(models.__path__)]
    return sorted((file.SPEC for file in files), key=lambda spec: (WISHES.index(spec.wish), spec.name))


MODELS: dict[str, ModelSpec] = {spec.id: spec for spec in _found()}


def wire_names_settings() -> set[str]:
    """The settings by which models' inputs can be called otherwise on the wire."""
    return {spec.wire_names_setting for spec in MODELS.values() if spec.wire_names_setting}


def longest_voice() -> VoiceLimits:
    """The limits of the model that takes the longest voice."""
    voices = [spec.voice for spec in MODELS.values() if spec.voice]
    longest = max(voices, key=lambda voice: (voice.most_seconds, voice.inclusive))
    return VoiceLimits(longest.most_seconds, longest.inclusive)


def model(model_id: str) -> ModelSpec:
    """The spec of a model.

    Raises:
        NotFound: the catalog has no such model.
    """
    if model_id not in MODELS:
        raise NotFound(f"There is no model called {model_id!r}.", f"Known models: {', '.join(MODELS)}.")
    return MODELS[model_id]
