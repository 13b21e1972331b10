"""Tells which models of the catalog a provider's folder serves. Knows no provider and no model."""

from __future__ import annotations

from components.catalog import MODELS
from components.catalog.spec import ModelSpec


def served(provider: str) -> dict[str, ModelSpec]:
    """By the provider's own names of them; asked anew each time, for the catalog decides."""
    return {slug: spec for spec in MODELS.values() if spec.provider == provider for slug in spec.slugs()}
