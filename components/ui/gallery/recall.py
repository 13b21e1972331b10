"""A video that was downloaded here comes back: its settings fill the form of the model that made it."""

from __future__ import annotations

import streamlit as st

from components.errors import StudioError
from components.studio import Studio
from components.ui.frame import notices
from components.ui.gallery.state import key
from components.ui.output.carry import use_settings

KINDS = ["mp4", "mov", "webm"]


def recall(studio: Studio) -> None:
    """A place to drop the file, folded away until it is wanted."""
    with st.popover("Settings from a video", icon=":material/settings_backup_restore:", type="tertiary"):
        notices.quiet("Drop a video that was downloaded here to get its settings back.")
        given = st.file_uploader("Video", type=KINDS, key=key("recall"), label_visibility="collapsed")
        if given is None:
            return
        try:
            found = studio.outputs.recall(given.getvalue())
        except StudioError as failure:
            notices.error(failure)
        else:
            use_settings(studio, found.model, found.parameters)
