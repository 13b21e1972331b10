"""Runware: its client, its answers and errors, its requests as programs."""

from components.providers.runware.client import Runware as PROVIDER

__all__ = ["PROVIDER"]
