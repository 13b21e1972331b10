"""The studio's figures as Prometheus reads them: for who holds the token, or asks from this machine itself.

To everybody else the address leads nowhere. Format: prometheus.io/docs/instrumenting/exposition_formats.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from components.errors import StudioError
from components.hosts import is_loopback, parse_host
from components.routes.hub import hub
from components.routes.missing import missing
from components.settings import Settings
from components.studio import Studio, current

WHOSE = ("provider", "model")
PROXIES = ("forwarded", "via", "x-real-ip", "x-forwarded", "x-client-ip", "cf-")
"""How the headers begin that proxies add; uvicorn believes some of them, so the peer alone proves nothing."""
_reading = ThreadPoolExecutor(2, thread_name_prefix="metrics")


async def metrics(request: Request) -> Response:
    """GET; 404 for who may not know, and while there is no studio."""
    try:
        studio = current()
    except StudioError:
        return await missing(request)
    if not may_read(request, studio.settings):
        return await missing(request)
    text = await asyncio.get_running_loop().run_in_executor(_reading, _text, studio, len(hub))
    return Response(text, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def may_read(request: Request, settings: Settings) -> bool:
    """Whether the request has the token, or was made on this machine and came through no proxy.

    A studio with a public address or a sign-in has something in front, which need not say so: there only the token
    counts.
    """
    token, given = settings.metrics_token, request.headers.get("authorization", "")
    if token:
        wanted = f"Bearer {token.get_secret_value()}"
        if hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode()):
            return True
    host = parse_host(request.headers.get("host", ""))
    proxied = any(name.startswith(PROXIES) for name in request.headers)
    here = request.client is not None and is_loopback(request.client.host)
    plain = settings.public_url is None and settings.sign_in == "off"
    return here and host is not None and is_loopback(host.name) and not proxied and plain


def _text(studio: Studio, listeners: int) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(studio, listeners))
    return generate_latest(registry)


class _Figures(Collector):
    """All figures, read at the moment they are asked for."""

    def __init__(self, studio: Studio, listeners: int) -> None:
        self._studio, self._listeners = studio, listeners

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterator[Metric]:
        figures = self._studio.figures
        rows = figures.rows()
        states = GaugeMetricFamily(
            "studio_generations", "Generations that there are.", labels=(*WHOSE, "side", "state")
        )
        for model, sandbox, state, count in rows.states:
            states.add_metric((*_whose(model), _side(sandbox), state), count)
        yield states
        queued = sum(count for _, _, state, count in rows.states if state == "queued")
        yield GaugeMetricFamily("studio_queue_depth", "Generations that wait to be sent.", value=queued)
        took = HistogramMetricFamily(
            "studio_done_seconds", "From submission to the saved video.", labels=(*WHOSE, "side")
        )
        for one in rows.took:
            steps = [(str(bound), float(count)) for bound, count in zip(figures.bounds, one.within, strict=True)]
            labels = (*_whose(one.model), _side(one.sandbox))
            took.add_metric(labels, [*steps, ("+Inf", float(one.runs))], one.seconds)
        yield took
        dollars = CounterMetricFamily("studio_dollars", "US dollars, as far as providers told.", labels=WHOSE)
        for model, cost in rows.dollars:
            dollars.add_metric(_whose(model), cost)
        yield dollars
        yield from self._process()

    def _process(self) -> Iterator[Metric]:
        """What this process alone knows, since it started."""
        figures = self._studio.figures
        errors = CounterMetricFamily(
            "studio_provider_errors", "Errors that generations met.", labels=(*WHOSE, "kind")
        )
        for (model, kind), count in figures.errors.items():
            errors.add_metric((*_whose(model), kind), count)
        yield errors
        yield GaugeMetricFamily("studio_sends_out", "Paid requests without an answer.", value=figures.sends_out)
        yield GaugeMetricFamily("studio_push_clients", "Browser tabs that listen.", value=self._listeners)
        yield CounterMetricFamily(
            "studio_media_children_killed", "Children lost to a file.", value=figures.children_lost
        )


def _whose(model: str) -> tuple[str, str]:
    return model.partition("/")[0], model


def _side(sandbox: bool) -> str:
    return "sandbox" if sandbox else "live"
