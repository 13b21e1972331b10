"""AI/ML API's API as the sandbox speaks it."""

from components.sandbox.aimlapi.routes import routes

__all__ = ["routes"]
