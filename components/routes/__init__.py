"""HTTP beside the UI: files, status, API, webhooks, health. Streamlit keeps /media /static /_stcore /component."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route, WebSocketRoute

from components.routes import api
from components.routes.events import PATH, listen
from components.routes.files import file
from components.routes.health import health, ready
from components.routes.metrics import metrics
from components.routes.missing import missing
from components.routes.scripts import script
from components.routes.webhooks import webhook

BELOW = "{rest:path}"
NAMES = ("api", "files", "webhooks", "metrics", "readyz", "healthz")
NOT_PAGES = tuple(path for name in NAMES for path in (f"/{name}", f"/{name}/{BELOW}"))
"""Addresses of programs: answered with the page, a program would think that all is well."""

ROUTES: list[BaseRoute] = [
    Route("/files/{token}/{name}", file, methods=["GET", "HEAD"]),
    Route("/scripts/{version}/{name}", script, methods=["GET", "HEAD"]),
    WebSocketRoute(PATH, listen),
    Route("/webhooks/{provider}/{secret}", webhook, methods=["POST"]),
    Route("/healthz", health, methods=["GET"]),
    Route("/readyz", ready, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
    *api.ROUTES,
    *(Route(path, missing) for path in NOT_PAGES),
]
