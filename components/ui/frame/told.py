"""What of an error is told on the page: only an admin hears of keys and settings. Decides nothing."""

from __future__ import annotations

from components.errors import ErrorInfo
from components.studio import told as for_person
from components.ui.frame import visitor


def told(error: ErrorInfo, *, own_key: bool = False) -> ErrorInfo:
    """The error in words for whoever looks at the page; of an own key its owner hears."""
    return for_person(error, knows_keys=own_key or visitor.knows_keys())


def sentence(error: ErrorInfo) -> str:
    """Both sentences as one line."""
    known = told(error)
    return f"{known.message} {known.hint}".strip()
