"""The frame around every page: name, mark, navigation, style. Started anew by Streamlit for each visit."""

from __future__ import annotations

from base64 import b64encode

import streamlit as st

from components.hosts import is_loopback
from components.settings import ROOT
from components.ui.frame import notices, sign_in, style, visitor
from components.ui.frame.bell import bell
from components.ui.frame.places import navigation

ASSETS = ROOT / "assets"

# In the page itself: what a server keeps for pages is for those who are signed in.
ICON = f"data:image/png;base64,{b64encode((ASSETS / 'icon.png').read_bytes()).decode()}"

st.set_page_config(
    page_title="Screentest",
    page_icon=ICON,
    layout="wide",
    initial_sidebar_state="auto",
)
style.apply()
dark = st.context.theme.type == "dark"
st.logo(
    str(ASSETS / f"wordmark-{'dark' if dark else 'light'}.svg"),
    size="large",
    icon_image=ICON,
)
studio = visitor.studio()
pages = navigation(studio.person)
if not visitor.is_in():
    # Else the navigation would stay in a tab that stood open; the address is for after the sign-in.
    st.navigation(pages, position="hidden")
    sign_in.show()
    st.stop()
bell(studio)
sign_in.who(studio)
if not studio.has_workers():
    notices.careful("No worker is running: what you generate waits. Start one: python -m components.engine.worker")
if studio.person.is_local and not is_loopback(st.get_option("server.address")):
    notices.careful("Whoever can reach this address can see everything here and spend with the studio's keys.")
st.navigation(pages, expanded=True).run()
