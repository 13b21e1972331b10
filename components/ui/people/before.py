"""What was made before people signed in: an admin may take it for their own, once."""

from __future__ import annotations

import streamlit as st

from components.studio import Studio
from components.ui.frame import notices, state


def before(studio: Studio) -> None:
    """Nothing where there is nothing to take over."""
    if not studio.people.has_before():
        return
    with st.container(border=True, key="people-before"):
        st.markdown("**Some videos and files were made before people signed in**")
        notices.quiet("They are nobody's now. Whoever takes them over has them as their own.")
        with st.popover("Take them over", icon=":material/move_to_inbox:"):
            notices.quiet("All of them become yours. It cannot be undone.")
            st.button(
                "Yes, make them mine", key="people:take-over", type="primary", on_click=_take_over, args=(studio,)
            )


def _take_over(studio: Studio) -> None:
    count = studio.people.take_over()
    state.leave_message(f"{count} generation{'' if count == 1 else 's'} and all files are yours now.")
