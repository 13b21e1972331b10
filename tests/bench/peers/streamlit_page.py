"""The gallery's plainest peer: a page of st.video. Knows nothing of the studio."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

folder, count = Path(sys.argv[1]), int(sys.argv[2])
st.set_page_config(page_title="Peer", layout="wide")
st.title("All videos")
columns = st.columns(4)
for number, path in enumerate(sorted(folder.glob("media/outputs/*.mp4"))[:count]):
    with columns[number % 4]:
        st.video(str(path))
        st.caption(path.stem)
