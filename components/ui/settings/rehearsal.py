"""The rehearsal panel: makes the sandbox's next generations slow or fail, for demos and trainings."""

from __future__ import annotations

import streamlit as st

from components.errors import StudioError
from components.studio import Studio
from components.ui.frame import notices

ACTS: dict[str, tuple[str, dict[str, object]]] = {
    "slow": ("Take half a minute longer", {"slow_seconds": 30}),
    "fails": ("Fail while it is made", {"fail": "The model could not make this video."}),
    "credits": ("Run out of credits", {"kind": "credits"}),
    "busy": ("Be too busy for the moment (tried again by itself)", {"kind": "busy"}),
    "key": ("Refuse the key", {"kind": "key"}),
    "server": ("Break down (HTTP 500)", {"kind": "server"}),
    "lost": ("Lose the answer (its gateway gives up)", {"kind": "lost"}),
}


def _acts(studio: Studio) -> list[str]:
    """Of the team's keys only those hear who know that there are any."""
    return [name for name in ACTS if name != "key" or studio.person.knows_keys]


def rehearsal(studio: Studio) -> None:
    """Draws the panel; what it sets holds for the sandbox only and is over once it was used."""
    with st.expander("Rehearse a bad day"):
        notices.quiet(
            "Show a team what happens when something goes wrong. It costs nothing, is over after use, and meets "
            "your own generations only."
        )
        act = st.selectbox(
            "The sandbox shall", _acts(studio), format_func=lambda name: ACTS[name][0], key="rehearse:act"
        )
        times = st.number_input("for so many generations", 1, 10, key="rehearse:times")
        with st.container(horizontal=True):
            begin = st.button("Rehearse", key="rehearse:begin")
            end = st.button("Back to normal", key="rehearse:end", type="tertiary")
        try:
            if begin:
                studio.rehearsal.begin(ACTS[act][1], int(times))
                st.success(f"Your next {int(times)} in the sandbox will: {ACTS[act][0].lower()}.")
            if end:
                studio.rehearsal.end()
                st.success("Back to normal.")
        except StudioError as failure:
            notices.error(failure)
