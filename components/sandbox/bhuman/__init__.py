"""BHuman's API as the sandbox speaks it."""

from components.sandbox.bhuman.routes import routes

__all__ = ["routes"]
