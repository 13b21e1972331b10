"""Why a request does not fit its model, in no provider's words; each provider dresses it in its own."""

from __future__ import annotations

from typing import Literal

Why = Literal["unknown", "missing", "shape", "value"]
"""unknown: no such parameter; shape: no object, or no list of one, where there must be."""


class Refused(ValueError):
    """A request that is not valid; the text is a sentence."""

    def __init__(self, why: Why, sentence: str, path: str = "") -> None:
        self.why, self.path = why, path
        """Which parameter, as it stands in the request; empty where a rule between several is broken."""
        super().__init__(sentence)
