"""Lets a person see how the studio meets trouble: the sandbox plays it on its next submissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests

from components.engine.connections import Connections
from components.errors import ProviderTrouble

TIMEOUT = 30


class Rehearsal:
    """What the sandbox plays next."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def begin(self, act: Mapping[str, Any], times: int) -> None:
        """So many submissions meet this.

        Raises:
            ProviderTrouble: the sandbox did not answer.
        """
        self._call("POST", {**act, "times": times})

    def end(self) -> None:
        """Everything goes well again; raises as above."""
        self._call("DELETE", None)

    def _call(self, method: str, act: Mapping[str, Any] | None) -> None:
        address = f"{self._connections.gateway(sandbox=True)}/_sandbox/rehearse"
        try:
            requests.request(method, address, json=act, timeout=TIMEOUT).raise_for_status()
        except requests.RequestException:
            raise ProviderTrouble("The sandbox did not take the rehearsal.", "Try again.") from None
