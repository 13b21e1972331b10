"""Has one notice delivered by a child process without keys, within a time, and believes it in one word."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from components.child import environment
from components.engine.notice_kinds import schema_of
from components.settings import ROOT

Verdict = Literal["ok", "private", "failed", "kind", "option", "address"]
"""Delivered, or taken; its host is within a network; it did not take it; or of the address, that it is of no kind
that is known, says more than is taken, or is not whole."""
LONGEST = 20.0
"""Seconds for one delivery."""
NETWORK = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
"""Variables without which some machines reach nothing; none is a provider's."""


@dataclass(frozen=True)
class Delivery:
    """What came of an order."""

    verdict: Verdict
    kind: str = ""
    """Of the place, e.g. `ntfy`; empty where the address was not understood."""


def look_at(address: str, hosts: Sequence[str]) -> Delivery:
    """Whether an address could be sent to; nothing leaves this machine.

    Args:
        address: as apprise writes it.
        hosts: those that are allowed though they are not public.
    """
    if schema_of(address) is None:
        return Delivery("kind")
    return _ordered({"address": address, "hosts": list(hosts)})


def deliver(address: str, hosts: Sequence[str], body: str) -> Delivery:
    """Sends once; whatever comes of it, it is not sent again."""
    return _ordered({"address": address, "hosts": list(hosts), "title": "Screentest", "body": body})


def _ordered(order: dict[str, Any]) -> Delivery:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "components.engine.delivery_child"],
            # By its input: what stands in a command line, other programs of the machine can read.
            input=json.dumps(order),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(),
            text=True,
            timeout=LONGEST,
            start_new_session=True,
            check=False,
        )
        said = json.loads(done.stdout)
        verdict = said["verdict"]
        return Delivery(verdict if verdict in get_args(Verdict) else "failed", str(said.get("kind", "")))
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return Delivery("failed")


def _environment() -> dict[str, str]:
    proxies = {name: value for name, value in os.environ.items() if name.upper() in NETWORK}
    # `requests` would add what a user's .netrc says of the host.
    return environment(**proxies, NETRC=os.devnull)
