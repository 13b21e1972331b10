"""HTTP beside the UI: signed files and health. Streamlit keeps /media /static /_stcore /component."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from components.routes.files import file
from components.routes.health import health

ROUTES: list[BaseRoute] = [
    Route("/files/{token}/{name}", file, methods=["GET", "HEAD"]),
    Route("/healthz", health, methods=["GET"]),
]
