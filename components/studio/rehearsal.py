"""Lets a person see how the studio meets trouble: the sandbox plays it on their next submissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests

from components.engine.connections import Connections
from components.errors import ProviderTrouble
from components.rehearsing import mark_of

TIMEOUT = 30


class Rehearsal:
    """What the sandbox plays next to one person."""

    def __init__(self, connections: Connections, owner: str) -> None:
        self._connections, self._person = connections, mark_of(owner)

    def begin(self, act: Mapping[str, Any], times: int) -> None:
        """So many of their submissions meet this; nobody else's do.

        Raises:
            ProviderTrouble: the sandbox did not answer.
        """
        self._call("POST", json={**act, "times": times, "person": self._person})

    def end(self) -> None:
        """Everything goes well again for them; raises as above."""
        self._call("DELETE", params={"person": self._person})

    def _call(self, method: str, **content: Any) -> None:
        address = f"{self._connections.gateway(sandbox=True)}/_sandbox/rehearse"
        try:
            requests.request(method, address, timeout=TIMEOUT, **content).raise_for_status()
        except requests.RequestException:
            raise ProviderTrouble("The sandbox did not take the rehearsal.", "Try again.") from None
