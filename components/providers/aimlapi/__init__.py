"""AI/ML API: its client, its errors, its requests as programs."""

from components.providers.aimlapi.client import AimlApi as PROVIDER

__all__ = ["PROVIDER"]
