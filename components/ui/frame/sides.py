"""Two parts of a page side by side, or one under the other where there is no room for both."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def side_by_side(
    widths: list[int],
    *,
    gap: Literal["small", "medium", "large"],
    vertical_alignment: Literal["top", "center"] = "top",
) -> list[DeltaGenerator]:
    """The two columns. A page has one such pair, whose least width is in the style: Streamlit knows none."""
    with st.container(key="side-by-side"):
        return st.columns(widths, gap=gap, vertical_alignment=vertical_alignment)
