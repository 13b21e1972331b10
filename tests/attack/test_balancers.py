"""What the balancers in front write down: links to files and addresses of calls are secrets."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

import pytest
import requests

from tests.balancers import Caddy, Nginx
from tests.sandbox_server import until
from tests.studio_server import free_port

pytestmark = pytest.mark.browser
"""They need the programs of the browser tests."""

PATHS = ("/files/a-secret/film.mp4", "/oauth2callback?code=a-secret")
AWAY = (502, 503)


def status(balancer, path: str) -> int:
    """0 where nothing answers yet."""
    with suppress(requests.ConnectionError):
        auth = ("team", "password")
        return requests.get(balancer.url + path, auth=auth, timeout=60, verify=balancer.certificate).status_code
    return 0


@pytest.mark.parametrize("kind", [Caddy, Nginx])
def test_log_when_no_server_answers_then_no_link_stands_in_it(kind, tmp_path):
    balancer = kind(tmp_path, [f"127.0.0.1:{free_port()}"])
    values = {"STUDIO_USER": "team", "STUDIO_PASSWORD_HASH": kind.hashed("password")}
    here = {**os.environ, **values, **balancer.variables, "STUDIO_HOST": balancer.host, "HOME": str(tmp_path)}
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(balancer.command(values), env=here, stdout=log, stderr=log)
    try:
        until(lambda: status(balancer, PATHS[0]) in AWAY)
        assert status(balancer, PATHS[1]) in AWAY
    finally:
        running.terminate()
        running.wait(30)
    assert "a-secret" not in (tmp_path / "log").read_text("utf-8")
