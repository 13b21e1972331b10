"""Tells from its first bytes that what arrives is no video. Decodes nothing and knows no network."""

from __future__ import annotations

from components.media.video import sniff

HEAD = 64
"""Bytes that suffice."""
PLAIN = ("video/", "application/octet-stream", "binary/")
"""What hosts call a video; no word at all is as good."""
TEXT = frozenset(range(32, 127)) | {9, 10, 13}


def may_be_video(head: bytes, media_type: str) -> bool:
    """Whether it can be a video; a known signature counts more than what the host calls it.

    Args:
        head: the first 64 bytes, or all where there are fewer.
        media_type: as the host declares it.
    """
    if sniff(head):
        return True
    named = not media_type or media_type.startswith(PLAIN)
    return bool(head) and named and not all(byte in TEXT for byte in head)
