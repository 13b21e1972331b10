"""Writes an MP3 anew, frame by frame, so that its header gives its true length. Decodes nothing."""

from __future__ import annotations

import io
from contextlib import suppress

import av

from components.media.container import READ_ERRORS, Unreadable, open_media
from components.media.decoding import packets

TOLERANCE = 0.25
"""Seconds: encoders pad a sound by less, and do not all say so."""


def is_true_length(declared: float | None, seconds: float) -> bool:
    """Whether a length that a header claims is the one that was counted."""
    return declared is not None and abs(declared - seconds) < TOLERANCE


def with_true_header(data: bytes) -> bytes | None:
    """The same frames under a header that counts them; None where they cannot be taken apart."""
    out = io.BytesIO()
    with suppress(Unreadable, *READ_ERRORS):
        with open_media(data) as source, av.open(out, "w", format="mp3") as target:
            stream = source.streams.audio[0]
            copied = target.add_stream_from_template(stream)
            for packet in packets(source, stream):
                if packet.size and packet.dts is not None:
                    packet.stream = copied
                    target.mux(packet)
        return out.getvalue()
    return None
