"""Acme: its client, its errors, its requests as programs."""

from components.providers.acme.client import Acme as PROVIDER

__all__ = ["PROVIDER"]
