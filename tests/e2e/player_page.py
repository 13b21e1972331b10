"""A page with nothing but the player, for tests: its tiles are chosen by hidden-away buttons."""

from __future__ import annotations

import json
import time

import streamlit as st

from components.ui.browser.player import Clip, Tile, Waiting, comparison_state, player

BASE = (("frames", "97"), ("height", "720"), ("scale_t", "5.0"), ("seed", "42"), ("mode", "TIA"))
HINT = "You can close this page."
FPS = {"e": 30.0, "f": 24.0}
# Ids of one scene are its letters; a capital letter plays the same file as its small one, once more.
STRENGTHS = dict(zip("abcdefABC", (5.0, 7.5, 3.0, 9.0, 1.5, 2.0, 6.0, 8.0, 4.0), strict=True))


def clip(name: str, scale: str, note: str = "2 min ago · sandbox", line: str = "") -> Clip:
    # The signature changes with every run; that of a real address does twice a day.
    url = f"/files/{time.time_ns()}/{line}{name.lower()}.mp4"
    settings = (*BASE, ("scale_a", scale))
    fps = FPS.get(name, 25.0)
    return Clip(
        name, url, None, f"/files/0/{name}.mp4?download=1", f"humo-{name}.mp4", "HuMo", settings, note, fps
    )


def blind(name: str) -> Clip:
    return Clip(name, f"/files/0/{name}.mp4", None, None, "", "Name hidden", (), "", 25.0)


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


def compared(names: str, line: str) -> list[Tile]:
    """A comparison of these letters; `line` says which of them come over a slow line: `c:slow20-`."""
    slow = dict([line.split(":")]) if line else {}
    return [clip(name, str(STRENGTHS[name]), line=slow.get(name, "")) for name in names]


st.set_page_config(page_title="Player", layout="wide")
asked = st.query_params
now = asked.get("scene", "coming")
with st.container(horizontal=True, key="knobs"):
    for name in ("again", "four", "first", "three"):
        if st.button(name) and name != "again":
            st.session_state["scene"] = name
    if st.button("name it"):
        asked["name"] = "given by Python"
heard = comparison_state("player")
if now == "blind":
    player([blind("b"), blind("a")], key="player", compare=True)
elif names := asked.get("v"):
    player(compared(names, asked.get("line", "")), key="player", compare=True)
else:
    player(scene(st.session_state.get("scene", now)), key="player")
st.text_input("elsewhere", key="elsewhere")
st.code(json.dumps(heard))
st.code(json.dumps(asked.to_dict()))
