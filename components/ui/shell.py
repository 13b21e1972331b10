"""The frame around every page: name, mark, navigation, style. Started anew by Streamlit for each visit."""

from __future__ import annotations

import streamlit as st

from components.settings import ROOT
from components.ui import style
from components.ui.places import HOME, MODEL_PAGES, SETTINGS

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
st.navigation({"": [HOME], "Create": list(MODEL_PAGES.values()), "Studio": [SETTINGS]}, expanded=True).run()
