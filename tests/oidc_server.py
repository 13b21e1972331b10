"""A real OpenID provider on loopback (`oidc_provider_mock`), with the people of tests/team.py."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from components.settings import Settings
from tests.sandbox_server import until
from tests.studio_server import StudioServer, free_port, kept_port
from tests.team import ANN, BOB, CEM, EVE, VIC

UNA = "una@team.test"
"""The provider does not confirm that it is her address."""
CLAIMS = [
    {"sub": email, "email": email, "email_verified": email != UNA} for email in (ANN, BOB, CEM, EVE, VIC, UNA)
]


@contextmanager
def start_provider(folder: Path) -> Iterator[str]:
    """Its address, until the block ends. Whoever presses the button with an address is who they say."""
    port = free_port()
    people = [part for claims in CLAIMS for part in ("--user-claims", json.dumps(claims))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        url = f"http://localhost:{port}"
        until(lambda: answers(url))
        yield url
    finally:
        process.kill()
        process.wait(60)


def answers(url: str) -> bool:
    with suppress(requests.ConnectionError, requests.Timeout):
        return requests.get(f"{url}/.well-known/openid-configuration", timeout=10).ok
    return False


def variables(provider: str, public_url: str) -> dict[str, str]:
    """With which a server lets its people sign in there."""
    return {
        "STUDIO_OIDC_URL": provider,
        "STUDIO_OIDC_CLIENT_ID": "studio",
        "STUDIO_OIDC_CLIENT_SECRET": "of the client",
        "STUDIO_PUBLIC_URL": public_url,
        "STUDIO_ADMINS": ANN,
        "STUDIO_MEMBERS": "@team.test",
        "STUDIO_VIEWERS": VIC,
    }


@contextmanager
def start_with_sign_in(settings: Settings, provider: str, **more: str) -> Iterator[StudioServer]:
    """A studio whose people sign in there, until the block ends."""
    with kept_port() as port:
        server = StudioServer(settings, port, **variables(provider, f"http://localhost:{port}") | more)
        try:
            server.start()
            yield server
        finally:
            server.kill()
