"""Acme's API as the sandbox speaks it."""

from components.sandbox.acme.routes import routes

__all__ = ["routes"]
