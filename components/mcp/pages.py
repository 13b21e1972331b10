"""Addresses of the studio's pages, to be opened by a person in a browser where they are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_COMPARED = 9
"""Videos on the compare page."""


@dataclass(frozen=True)
class Pages:
    """Below the address at which browsers open the studio."""

    base: str

    def compare(self, output_ids: Sequence[str]) -> str:
        """Two to nine videos side by side, on one clock."""
        return f"{self.base}/compare?v={','.join(output_ids)}"

    def output(self, output_id: str) -> str:
        """One video with all that is known of it."""
        return f"{self.base}/gallery?output={output_id}"

    def at(self, path: str) -> str:
        """A path of the studio as a whole address."""
        return self.base + path
