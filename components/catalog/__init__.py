"""What each model IS: data only, one file a model. Knows no connection, no file and no screen."""

from __future__ import annotations

from components.catalog.models import bhuman, humo, hunyuan_video, omnihuman_aimlapi, omnihuman_runware
from components.catalog.spec import ModelSpec
from components.errors import NotFound

MODELS: dict[str, ModelSpec] = {
    spec.id: spec
    for spec in (humo.SPEC, hunyuan_video.SPEC, omnihuman_runware.SPEC, omnihuman_aimlapi.SPEC, bhuman.SPEC)
}


def model(model_id: str) -> ModelSpec:
    """The spec of a model.

    Raises:
        NotFound: the catalog has no such model.
    """
    if model_id not in MODELS:
        raise NotFound(f"There is no model called {model_id!r}.", f"Known models: {', '.join(MODELS)}.")
    return MODELS[model_id]
