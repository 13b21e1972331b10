"""The studio's pages and their addresses, in one place, so that any page can link to any other."""

from __future__ import annotations

import streamlit as st

from components.catalog import MODELS
from components.settings import ROOT

PAGES = ROOT / "pages"

HOME = st.Page(PAGES / "home.py", title="Home", icon=":material/home:", default=True)
GALLERY = st.Page(PAGES / "gallery.py", title="Gallery", icon=":material/grid_view:", url_path="gallery")
COMPARE = st.Page(PAGES / "compare.py", title="Compare", icon=":material/compare:", url_path="compare")
ACTIVITY = st.Page(PAGES / "activity.py", title="Activity", icon=":material/bolt:", url_path="activity")
SETTINGS = st.Page(PAGES / "settings.py", title="Settings", icon=":material/tune:", url_path="settings")
MODEL_PAGES = {
    spec.id: st.Page(
        PAGES / f"{spec.page.replace('-', '_')}.py",
        title=spec.name,
        icon=":material/videocam:",
        url_path=spec.page,
    )
    for spec in MODELS.values()
}
