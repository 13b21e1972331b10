"""The ceiling: how many dollars a day and a month may go to providers, and how many generations at once."""

from __future__ import annotations

import streamlit as st

from components.studio import Room, Studio
from components.ui.frame import ceiling as words
from components.ui.frame import ceiling_fields, notices

PREFIX = "ceiling"


def ceiling(studio: Studio) -> None:
    """Draws the three limits; an empty field is none."""
    notices.quiet(
        "Before anything is sent to a provider, its price is held against what is left here; what has no room is "
        "not sent. An empty field is no limit. The sandbox is free and never counts."
    )
    ceiling_fields.begin(PREFIX, studio.ceilings.get())
    with st.form(PREFIX):
        ceiling_fields.fields(PREFIX)
        st.form_submit_button("Keep the ceiling", on_click=_keep, args=(studio,))
    room = studio.ceilings.room()
    if room:
        _left(room)


def what_is_left(studio: Studio) -> None:
    """What is left under the team's ceiling and their own, for whoever may not change either."""
    rooms = studio.ceilings.rooms()
    for room in rooms:
        _left(room)
    if not rooms:
        notices.quiet("No limit is set for you.")


def _left(room: Room) -> None:
    notices.quiet(
        f"{words.every(room)} Days and months are counted in {room.ceiling.zone}. A video counts on the "
        "day of its press, first at its estimate, then at what was charged; where no price is published or "
        "told, at the dearest price known."
    )


def _keep(studio: Studio) -> None:
    """Runs as the press's callback, so that the page is drawn with what it left."""
    studio.ceilings.set(ceiling_fields.given(PREFIX))
