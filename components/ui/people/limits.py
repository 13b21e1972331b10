"""How much everybody together, and each person, may spend and have under way; both hold for every press."""

from __future__ import annotations

import streamlit as st

from components.studio import TEAM, Studio
from components.ui.frame import ceiling_fields, notices
from components.ui.frame.state import leave_message

WHOSE = "people:limits"


def limits(studio: Studio) -> None:
    """Draws the limits of whoever is chosen."""
    notices.quiet(
        "What everybody may spend together and what each may spend both hold, for paid generations only. "
        "An empty field is no limit."
    )
    people = [one.email for one in studio.people.all() if one.role in ("admin", "member")]
    listed = [TEAM, *(email for email in people if not email.startswith("@"))]
    whose = st.selectbox("Whose", listed, key=WHOSE, format_func=_name) or TEAM
    prefix = f"{WHOSE}:{whose}"
    ceiling_fields.begin(prefix, studio.ceilings.of(whose))
    with st.form(prefix):
        ceiling_fields.fields(prefix)
        st.form_submit_button("Keep these limits", on_click=_keep, args=(studio, whose, prefix))


def _name(whose: str) -> str:
    return "Everybody together" if whose == TEAM else whose


def _keep(studio: Studio, whose: str, prefix: str) -> None:
    """Runs as the press's callback, so that what it left is said."""
    studio.ceilings.set_of(whose, ceiling_fields.given(prefix))
    leave_message(f"These limits hold from the next press on: {_name(whose).lower()}.")
