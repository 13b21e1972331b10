"""Segmind's API as the sandbox speaks it."""

from components.sandbox.segmind.routes import routes

__all__ = ["routes"]
