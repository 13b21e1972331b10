"""The button that takes back what waits: nothing is sent for it any more."""

from __future__ import annotations

import streamlit as st

from components.errors import StudioError
from components.library.records import Generation
from components.studio import Studio
from components.ui.frame import state


def cancel_button(
    studio: Studio, generation: Generation, label: str, *, key: str, icon: str | None = None
) -> None:
    """Press before the page is drawn anew: by then the request may have left, and the button with it."""
    st.button(
        label,
        key=f"{key}:{generation.id}",
        type="tertiary",
        icon=icon,
        on_click=_cancel,
        args=(studio, generation.id),
    )


def _cancel(studio: Studio, generation_id: str) -> None:
    try:
        studio.generations.cancel(generation_id)
    except StudioError as sent:
        state.leave_message(str(sent))
