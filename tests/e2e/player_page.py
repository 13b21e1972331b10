"""A page with nothing but the player, for tests: its tiles are chosen by hidden-away buttons."""

from __future__ import annotations

import time

import streamlit as st

from components.ui.player import Clip, Tile, Waiting, player

BASE = (("frames", "97"), ("height", "720"), ("scale_t", "5.0"), ("seed", "42"), ("mode", "TIA"))
HINT = "You can close this page."


def clip(name: str, scale: str, note: str = "2 min ago · sandbox") -> Clip:
    # The query changes with every run, as the signature of a real address does.
    url = f"/files/{name}.mp4?run={time.time_ns()}"
    settings = (*BASE, ("scale_a", scale))
    return Clip(name, url, None, f"/files/{name}.mp4?save=1", f"humo-{name}.mp4", "HuMo", settings, note, 25.0)


def waiting(name: str, state: str, words: str, hint: str = HINT) -> Waiting:
    started = st.session_state.setdefault("started", time.time() - 4)
    return Waiting(name, "HuMo", (*BASE, ("scale_a", "9.0")), state, words, started, hint)


def scene(name: str) -> list[Tile]:
    coming = waiting("d", "running", "rendering in the sandbox · usually 5-9 s")
    failed = waiting("f", "failed", "The provider could not render this.", "Try a shorter prompt.")
    scenes: dict[str, list[Tile]] = {
        "three": [clip("a", "5.0"), clip("b", "7.5", "9 min ago · sandbox"), clip("c", "3.0", "14 min ago")],
        "one": [clip("a", "5.0")],
        "two": [clip("a", "5.0"), clip("b", "7.5")],
        "missing": [clip("a", "5.0"), clip("missing", "7.5")],
        "stall": [clip("a", "5.0"), clip("stalls-b", "7.5")],
        "words": [coming, failed],
        "tall": [clip("t", "5.0")],
    }
    scenes["coming"] = [*scenes["three"], coming]
    scenes["four"] = [*scenes["three"], clip("d", "9.0", "just now")]
    scenes["first"] = [clip("d", "9.0", "just now"), *scenes["three"]]
    return scenes[name]


st.set_page_config(page_title="Player", layout="wide")
now = st.query_params.get("scene", "coming")
with st.container(horizontal=True, key="knobs"):
    for name in ("again", "four", "first", "three"):
        if st.button(name) and name != "again":
            st.session_state["scene"] = name
player(scene(st.session_state.get("scene", now)), key="player")
st.text_input("elsewhere", key="elsewhere")
