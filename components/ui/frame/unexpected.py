"""What a person sees where a page failed as nobody foresaw: a sentence, and a number that is in the log."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from components.errors import StudioError
from components.ui.frame import notices

log = logging.getLogger(__name__)


def show(failure: Exception) -> bool:
    """For Streamlit's `on_script_error`: our notice in the place of its box, which would show the program."""
    if isinstance(failure, StudioError):
        notices.error(failure)
        return True
    number = secrets.token_hex(3).upper()
    log.error("unexpected failure %s", number, exc_info=failure)
    st.error(
        f"This part of the page failed, which was not foreseen (number {number}). What is under way goes on. "
        "Load the page anew; if it stays so, look for the number in the studio's log.",
        icon=":material/error:",
    )
    return True
