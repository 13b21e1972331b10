"""Counts the scans of a JPEG picture, each of which goes over the whole of it. It decodes nothing."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
"""A marker that ends the coded data before it; bytes that only look like one are followed by a nought."""
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_BARE = {0x01, _START}
"""Markers without a length."""


def scans(data: bytes) -> int:
    """How many scans come before the picture's end; 0 for what is no JPEG."""
    if not data.startswith(b"\xff\xd8"):
        return 0
    count, at = 0, 0
    while found := _MARKER.search(data, at):
        kind, at = found[1][0], found.end()
        if kind == _END:
            break
        if kind not in _BARE:
            # The length counts itself; what a lying one would hide is found where it leads.
            at += max(2, int.from_bytes(data[at : at + 2], "big"))
        count += kind == _SCAN
    return count
