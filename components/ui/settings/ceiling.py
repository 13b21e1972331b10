"""The ceiling: how many dollars a day and a month may go to providers, and how many generations at once."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from components.library.records import MOST_DOLLARS, MOST_IN_FLIGHT, Ceiling
from components.studio import Room, Studio
from components.ui.frame import ceiling as words
from components.ui.frame import notices, visitor

DAY, MONTH, IN_FLIGHT = "ceiling:day", "ceiling:month", "ceiling:in_flight"


def ceiling(studio: Studio) -> None:
    """Draws the three limits; an empty field is none."""
    notices.quiet(
        "Before anything is sent to a provider, its price is held against what is left here; what has no room is "
        "not sent. An empty field is no limit. The sandbox is free and never counts."
    )
    _begin(studio)
    with st.form("ceiling"):
        day, month, at_once = st.columns(3)
        with day:
            _dollars("Dollars a day", DAY)
        with month:
            _dollars("Dollars a month", MONTH)
        with at_once:
            st.number_input(
                "Generations at once",
                min_value=1,
                max_value=MOST_IN_FLIGHT,
                value=None,
                key=IN_FLIGHT,
                placeholder="No limit",
            )
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


def _begin(studio: Studio) -> None:
    """Fills the fields at the first visit in a session."""
    if DAY in st.session_state:
        return
    now = studio.ceilings.get()
    for key, dollars in ((DAY, now.day), (MONTH, now.month)):
        st.session_state[key] = None if dollars is None else float(dollars)
    st.session_state[IN_FLIGHT] = now.in_flight


def _dollars(label: str, key: str) -> None:
    st.number_input(
        label,
        min_value=0.0,
        max_value=float(MOST_DOLLARS),
        value=None,
        step=1.0,
        format="%.2f",
        key=key,
        placeholder="No limit",
    )


def _keep(studio: Studio) -> None:
    """Runs as the press's callback, so that the page is drawn with what it left."""
    day, month = (st.session_state[key] for key in (DAY, MONTH))
    zone = visitor.zone()
    studio.ceilings.set(
        Ceiling(
            day=None if day is None else Decimal(str(day)),
            month=None if month is None else Decimal(str(month)),
            in_flight=st.session_state[IN_FLIGHT],
            zone=zone.key if zone else "UTC",
        )
    )
