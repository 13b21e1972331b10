"""Runware's API as the sandbox speaks it."""

from components.sandbox.runware.routes import routes

__all__ = ["routes"]
