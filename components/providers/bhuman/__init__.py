"""BHuman: its client, its rows, store and errors, its requests as programs."""

from components.providers.bhuman.client import BHuman as PROVIDER

__all__ = ["PROVIDER"]
