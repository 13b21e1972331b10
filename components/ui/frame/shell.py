"""The frame around every page: name, mark, navigation, style. Started anew by Streamlit for each visit."""

from __future__ import annotations

import streamlit as st

from components import studio as studios
from components.hosts import is_loopback
from components.settings import ROOT
from components.ui.frame import notices, style
from components.ui.frame.bell import bell
from components.ui.frame.places import SECTIONS

ASSETS = ROOT / "assets"

st.set_page_config(
    page_title="Screentest",
    page_icon=str(ASSETS / "icon.png"),
    layout="wide",
    initial_sidebar_state="auto",
)
style.apply()
dark = st.context.theme.type == "dark"
st.logo(
    str(ASSETS / f"wordmark-{'dark' if dark else 'light'}.svg"),
    size="large",
    icon_image=str(ASSETS / "icon.png"),
)
bell(studios.current())
if not studios.current().has_workers():
    notices.careful("No worker is running: what you generate waits. Start one: python -m components.engine.worker")
if not is_loopback(st.get_option("server.address")):
    notices.careful("Whoever can reach this address can see everything here and spend with the studio's keys.")
st.navigation(
    {section: [place.page for place in places] for section, places in SECTIONS.items() if places}, expanded=True
).run()
