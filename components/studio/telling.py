"""What is told of an error to whom, on pages and to programs: only an admin hears of keys and settings."""

from __future__ import annotations

from components.errors import AccessDenied, ErrorInfo, KeyRefused, NotConfigured

OF_ADMINS = {KeyRefused.code, AccessDenied.code, NotConfigured.code}
"""Errors that only they can mend, and whose words speak of keys."""


def told(error: ErrorInfo, *, knows_keys: bool) -> ErrorInfo:
    """The error in words for whoever asks.

    Args:
        error: as it was raised, or is kept with a generation.
        knows_keys: whether they may know that there are keys.
    """
    if error.code not in OF_ADMINS or knows_keys:
        return error
    return ErrorInfo(
        code=error.code,
        message="The studio is not set up for this, or its provider does not let it in.",
        hint="An admin of this studio can mend that.",
    )
