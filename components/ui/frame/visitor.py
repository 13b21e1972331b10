"""What the browser tells of its visitor: the time zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st


def zone() -> ZoneInfo | None:
    """Where the visitor is; None where the browser tells no zone that is known.

    `datetime` takes None for the server's own zone.
    """
    try:
        return ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
