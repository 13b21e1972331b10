"""The button that takes back what waits: nothing is sent for it any more."""

from __future__ import annotations

import streamlit as st

from components.errors import StudioError
from components.library.records import Generation
from components.studio import Studio
from components.ui.frame import notices


def cancel_button(
    studio: Studio, generation: Generation, label: str, *, key: str, icon: str | None = None
) -> None:
    if st.button(label, key=f"{key}:{generation.id}", type="tertiary", icon=icon):
        try:
            studio.generations.cancel(generation.id)
        except StudioError as sent:
            notices.error(sent)
        else:
            st.rerun()
