"""Segmind: its client, its errors, its requests as programs."""

from components.providers.segmind.client import Segmind as PROVIDER

__all__ = ["PROVIDER"]
