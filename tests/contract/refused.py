"""Refuses the connections that a cell wants refused: they go to a port of this machine at which nobody listens."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.contract.stand_in import StandIn


@contextmanager
def refusing(stand_in: StandIn) -> Iterator[None]:
    """The refusal itself is the operating system's; only where a request goes is bent."""
    send = HTTPAdapter.send
    with socket.socket() as kept, pytest.MonkeyPatch.context() as patch:
        kept.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{kept.getsockname()[1]}"

        def bent(adapter: HTTPAdapter, request: requests.PreparedRequest, **how: Any) -> requests.Response:
            url, body = str(request.url), request.body or b""
            if url.startswith(stand_in.url):
                path = url.removeprefix(stand_in.url)
                raw = body if isinstance(body, bytes) else str(body).encode()
                if stand_in.refuses(str(request.method), path, raw):
                    request.url = nowhere + path
            return send(adapter, request, **how)

        patch.setattr(HTTPAdapter, "send", bent)
        yield
