"""The three fields of a ceiling, whoever's it is: dollars a day, dollars a month, generations at once."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from components.library.records import MOST_DOLLARS, MOST_IN_FLIGHT, Ceiling
from components.ui.frame import visitor


def begin(prefix: str, now: Ceiling) -> None:
    """Fills the fields at the first visit in a session.

    Args:
        prefix: begins the fields' session keys.
        now: what holds.
    """
    if f"{prefix}:day" in st.session_state:
        return
    for name, dollars in (("day", now.day), ("month", now.month)):
        st.session_state[f"{prefix}:{name}"] = None if dollars is None else float(dollars)
    st.session_state[f"{prefix}:in_flight"] = now.in_flight


def fields(prefix: str) -> None:
    """Draws them; an empty one is no limit."""
    day, month, at_once = st.columns(3)
    with day:
        _dollars("Dollars a day", f"{prefix}:day")
    with month:
        _dollars("Dollars a month", f"{prefix}:month")
    with at_once:
        st.number_input(
            "Generations at once",
            min_value=1,
            max_value=MOST_IN_FLIGHT,
            value=None,
            key=f"{prefix}:in_flight",
            placeholder="No limit",
        )


def given(prefix: str) -> Ceiling:
    """What stands in them; days and months are counted where the visitor is."""
    day, month = (st.session_state[f"{prefix}:{name}"] for name in ("day", "month"))
    zone = visitor.zone()
    return Ceiling(
        day=None if day is None else Decimal(str(day)),
        month=None if month is None else Decimal(str(month)),
        in_flight=st.session_state[f"{prefix}:in_flight"],
        zone=zone.key if zone else "UTC",
    )


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
