"""What is told of an error to whom: only an admin hears of keys and settings. Decides nothing."""

from __future__ import annotations

from components.errors import AccessDenied, ErrorInfo, KeyRefused, NotConfigured
from components.ui.frame import visitor

OF_ADMINS = {KeyRefused.code, AccessDenied.code, NotConfigured.code}
"""Errors that only they can mend, and whose words speak of keys."""


def told(error: ErrorInfo) -> ErrorInfo:
    """The error in words for whoever looks at the page."""
    if error.code not in OF_ADMINS or visitor.knows_keys():
        return error
    return ErrorInfo(
        code=error.code,
        message="The studio is not set up for this, or its provider does not let it in.",
        hint="An admin of this studio can mend that.",
    )


def sentence(error: ErrorInfo) -> str:
    """Both sentences as one line."""
    known = told(error)
    return f"{known.message} {known.hint}".strip()
